import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reads a response that does not end',
  source: handler(
    `return new Response(String((await (await fetch(env.ORIGIN + '/endless')).arrayBuffer()).byteLength))`,
  ),
  limits: { cpuMs: 2000, subrequestBodyBytes: 50_000_000 },
  expect: LIMIT_OR_ANSWER,
}
