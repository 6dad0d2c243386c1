import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'

export const attack: Attack = {
  title: 'resolves each thenable with another',
  source: `const endless = () => ({ then(resolve) { resolve(endless()) } }); export default { fetch: endless }`,
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
