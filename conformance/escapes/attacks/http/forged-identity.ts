// Main hosts forward to the probation host; whatever headers they use between them must mean nothing from outside.
import type { Attack } from '../../attack.ts'
import { all, keepsTheSecret } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends the headers a proxy in front, or a host of ours, might be trusted with',
  source: handler(`return new Response([...request.headers].map(([name, value]) => name + '=' + value).join())`),
  requests: [
    {
      headers: {
        'x-isopod-tenant': 'neighbour',
        'x-isopod-worker': 'quiet',
        'x-isopod-host': '{neighbour}',
        'isopod-tenant': 'neighbour',
        'x-forwarded-host': '{neighbour}',
        'x-original-host': '{neighbour}',
        'x-tenant': 'neighbour',
        'x-real-ip': '127.0.0.1',
        'cf-worker': 'quiet',
      },
    },
  ],
  expect: HARMLESS,
  verify: all(keepsTheSecret, ({ bodies }) =>
    bodies[0]?.includes('the neighbour answers') ? 'another tenant answered' : undefined,
  ),
}
