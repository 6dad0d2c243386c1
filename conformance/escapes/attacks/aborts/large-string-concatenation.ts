import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'flattens a rope of a million knots by reading one character',
  source: handler(
    `let rope = ''; for (let i = 0; i < 1_000_000; i++) rope = (i % 2 ? 'x' + rope : rope + 'y'); rope[0]; for (let text = rope; ; ) { text += text + text; text.charCodeAt(text.length - 1) }`,
  ),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
