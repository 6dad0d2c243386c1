import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses the largest JSON a client may send',
  source: handler(`return new Response(String((await request.json()).length))`),
  requests: [{ method: 'POST', body: `[${'[],'.repeat(5_000_000)}[]]` }],
  expect: { endings: ['exceededMemory', 'exceededCpu', 'recycled', 'ok', 'hostLost'], host: 'survives' },
}
