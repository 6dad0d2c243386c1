import type { Attack } from '../../attack.ts'
import { CPU_LIMIT_AT_DEPLOY } from '../../expectations.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops while the deploy loads it',
  source: moduleWith(`for (;;);`),
  limits: { startupCpuMs: 200 },
  expect: CPU_LIMIT_AT_DEPLOY,
  runaway: 'interruptible',
}
