import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'copies a set as large as it may be into an array, again and again',
  source: handler(
    `const set = new Set(Array.from({ length: 2 ** 20 }, (_, i) => i)); const all = []; for (;;) all.push([...set], set.union(new Set(all)))`,
  ),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
