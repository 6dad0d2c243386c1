import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves state and timers behind in mode worker',
  mode: 'worker',
  source: handler(
    `const before = String(globalThis.kept); globalThis.kept = 'kept'; setInterval(() => { globalThis.kept = 'again' }, 1); return new Response(before)`,
  ),
  requests: [{}, {}, { times: 4 }],
  expect: HARMLESS,
  verify: bodiesAre('undefined'),
}
