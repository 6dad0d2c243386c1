import type { Attack } from '../../attack.ts'
import { CPU_LIMIT_AT_DEPLOY } from '../../expectations.ts'

export const attack: Attack = {
  title: 'loops in a getter of the object it exports',
  source: `export default { get fetch() { for (;;); } }`,
  limits: { startupCpuMs: 200 },
  expect: CPU_LIMIT_AT_DEPLOY,
  runaway: 'interruptible',
}
