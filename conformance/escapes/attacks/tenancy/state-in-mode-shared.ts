import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves state, patched prototypes and symbols for the next task of mode shared',
  mode: 'shared',
  source:
    handler(`const before = [globalThis.kept, Object.prototype.kept, Array.prototype.kept, Response.kept, RegExp.$1, Error.stackTraceLimit === 1].join('')
    globalThis.kept = Object.prototype.kept = Array.prototype.kept = Response.kept = 'kept'; /(k)/.exec('k'); Error.stackTraceLimit = 1
    return new Response(before)`),
  requests: [{}, {}, { times: 4 }],
  expect: HARMLESS,
  verify: bodiesAre('false'),
}
