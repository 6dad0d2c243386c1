import type { Attack } from '../../attack.ts'
import { CPU_LIMIT_AT_DEPLOY } from '../../expectations.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops after a top-level await',
  source: moduleWith(`await new Promise((resolve) => setTimeout(resolve, 1)); for (;;);`),
  limits: { startupCpuMs: 200 },
  expect: CPU_LIMIT_AT_DEPLOY,
  runaway: 'interruptible',
}
