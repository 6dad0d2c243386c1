import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends a gigabyte to an origin that does not read it',
  source: handler(`const chunk = new Uint8Array(2 ** 20); let n = 0
    await fetch(env.ORIGIN + '/never', { method: 'POST', duplex: 'half', signal: AbortSignal.timeout(2000), body: new ReadableStream({ pull(c) { if (n++ > 1000) c.close(); else c.enqueue(chunk) } }) }).catch(() => {})
    return new Response('done')`),
  limits: { cpuMs: 2000 },
  expect: LIMIT_OR_ANSWER,
}
