import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sorts a million strings that differ only at their ends',
  source: handler(
    `const prefix = 'a'.repeat(10_000); Array.from({ length: 3000 }, (_, i) => prefix + ((i * 7919) % 3001)).sort().sort().toSorted().toSorted()`,
  ),
  limits: { heapMb: 128 },
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
