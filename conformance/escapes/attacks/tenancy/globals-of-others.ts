import type { Attack } from '../../attack.ts'
import { keepsTheSecret } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'looks for what the neighbour left on globals and in the registry of symbols',
  source:
    handler(`const seen = [globalThis.secret, globalThis[Symbol.for('secret')], Symbol.for('secret').description, ...Object.getOwnPropertyNames(globalThis).map((key) => { try { return typeof globalThis[key] === 'string' ? globalThis[key] : '' } catch { return '' } })]
    return new Response(JSON.stringify(seen) + JSON.stringify(env))`),
  requests: [{}, { times: 4 }],
  expect: HARMLESS,
  verify: keepsTheSecret,
}
