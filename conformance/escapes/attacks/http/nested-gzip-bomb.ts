import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reads a response that was packed three times',
  source: handler(
    `return new Response(String((await (await fetch(env.ORIGIN + '/nested-gzip-bomb')).arrayBuffer()).byteLength))`,
  ),
  limits: { cpuMs: 2000 },
  expect: LIMIT_OR_ANSWER,
}
