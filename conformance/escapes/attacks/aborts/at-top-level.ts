import type { Attack } from '../../attack.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'ends the process while the deploy loads it',
  source: moduleWith(`'x'.repeat(2 ** 28).split('')`),
  expect: { endings: ['refusedDeploy'], host: 'dies' },
}
