import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'

export const attack: Attack = {
  title: 'returns a thenable whose then() loops',
  source: `export default { fetch: () => ({ then() { for (;;); } }) }`,
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
