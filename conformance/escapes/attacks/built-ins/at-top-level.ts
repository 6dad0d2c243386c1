import type { Attack } from '../../attack.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hangs in indexOf while the deploy loads it',
  source: moduleWith(`Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`),
  expect: { endings: ['refusedDeploy'], host: 'dies' },
  runaway: 'uninterruptible',
}
