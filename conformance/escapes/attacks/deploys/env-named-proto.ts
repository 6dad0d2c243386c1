import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends an env that would be a prototype',
  source: handler(`return new Response(String(env.escaped) + String({}.escaped))`),
  env: JSON.parse('{"__proto__":{"escaped":"yes"}}'),
  expect: HARMLESS,
  verify: bodiesAre('undefinedundefined'),
}
