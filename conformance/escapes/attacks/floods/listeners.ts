import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'adds listeners without end and dispatches to them',
  source: handler(
    `for (let i = 0; ; i++) { addEventListener('x', () => {}); if (i % 1000 === 0) dispatchEvent(new Event('x')) }`,
  ),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
