import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives waitUntil() a million promises',
  source: handler(`for (let i = 0; i < 1_000_000; i++) ctx.waitUntil(new Promise(() => {}))`),
  limits: { cpuMs: 1000, waitUntilMs: 500 },
  expect: LIMIT_OR_ANSWER,
  lingersMs: 700,
}
