import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends an env that would be a prototype',
  source: handler(`return new Response(String(env.escaped) + String({}.escaped))`),
  env: JSON.parse('{"__proto__":{"escaped":"yes"}}'),
  // JSON with such a name may be refused as a whole.
  expect: { endings: ['ok', 'refusedDeploy'], host: 'survives' },
  verify: bodiesAre('undefinedundefined'),
}
