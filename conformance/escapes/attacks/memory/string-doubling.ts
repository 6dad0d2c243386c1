import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'doubles a string and flattens it',
  source: handler(
    `let text = 'x'; const all = []; for (;;) { text = text.length < 2 ** 27 ? text + text : text; all.push((text + all.length).replace('x', 'y')) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
