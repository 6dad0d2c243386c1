import type { Attack } from '../../attack.ts'
import { CPU_LIMIT_AT_DEPLOY } from '../../expectations.ts'

export const attack: Attack = {
  title: 'exports a proxy that loops whatever it is asked',
  source: `export default new Proxy({}, { get() { for (;;); }, has() { for (;;); }, ownKeys() { for (;;); } })`,
  limits: { startupCpuMs: 200 },
  expect: CPU_LIMIT_AT_DEPLOY,
  runaway: 'interruptible',
}
