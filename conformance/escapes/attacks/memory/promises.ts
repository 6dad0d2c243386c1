import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps promises that never settle, each waiting for another',
  source: handler(`let last = new Promise(() => {}); const all = []; for (;;) all.push((last = last.then(() => all)))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
