import type { Attack } from '../../attack.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps objects without end while the deploy loads it',
  source: moduleWith(`const all = []; for (;;) all.push({ a: [1, 2, 3] })`),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
