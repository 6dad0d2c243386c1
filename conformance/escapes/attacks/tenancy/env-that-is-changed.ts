import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'changes its env, and sees whether later tasks of other modes get it so',
  mode: 'pool',
  source: handler(
    `const before = String(env.added); env.added = 'by the task before'; globalThis.added = env.added; return new Response(before + String(globalThis.kept)+ (globalThis.kept = 'kept', ''))`,
  ),
  requests: [{}, {}, { times: 4 }],
  expect: HARMLESS,
  verify: bodiesAre('undefinedundefined'),
}
