import type { Attack } from '../../attack.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves a rejection behind while the deploy loads it',
  source: moduleWith(
    `Promise.reject({ get message() { for (;;); }, get stack() { for (;;); }, get name() { for (;;); } })`,
  ),
  limits: { startupCpuMs: 200 },
  expect: { endings: ['ok', 'refusedDeploy'], host: 'may-die' },
  runaway: 'uninterruptible',
}
