import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'puts line ends and framing into the requests it sends to an allowed origin',
  source: handler(`let sent = 0
    const inits = [{ headers: { a: 'b\\r\\n\\r\\nGET /second HTTP/1.1\\r\\nhost: x' } }, { method: 'GET /second HTTP/1.1\\r\\nx:' }, { method: 'POST', body: 'GET /second HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n', headers: { 'content-length': '0' } }, { method: 'POST', body: '0\\r\\n\\r\\nGET /second HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n', headers: { 'transfer-encoding': 'chunked' } }, { headers: { host: 'x\\r\\nescaped: 1' } }]
    for (const init of inits) try { await (await fetch(env.ORIGIN + '/first', init)).text(); sent++ } catch {}
    try { await fetch(env.ORIGIN + '/ HTTP/1.1\\r\\nx: y\\r\\n\\r\\nGET /second'); sent++ } catch {}
    return new Response(String(sent))`),
  expect: HARMLESS,
  verify: ({ bodies, originHits }) =>
    originHits > Number(bodies[0]) ? `${originHits} requests of ${bodies[0]} it sent` : undefined,
}
