import type { Attack } from '../../attack.ts'
import { CPU_LIMIT_AT_DEPLOY } from '../../expectations.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in the static block of a class, at top level',
  source: moduleWith(`class A { static { for (;;); } }`),
  limits: { startupCpuMs: 200 },
  expect: CPU_LIMIT_AT_DEPLOY,
  runaway: 'interruptible',
}
