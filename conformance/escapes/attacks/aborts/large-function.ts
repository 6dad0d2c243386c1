import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'compiles a function with a million literals',
  source: handler(`new Function('return [' + '{a:1},'.repeat(1_000_000) + ']')()`),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
