import type { Attack } from '../../attack.ts'
import { noHeaderNamed } from '../../checks.ts'

export const attack: Attack = {
  title: 'answers with an upgrade of the connection',
  source: `export default { fetch: () => { try { return new Response(null, { status: 101, headers: { connection: 'upgrade', upgrade: 'escaped' } }) } catch { return new Response('x', { headers: { connection: 'upgrade', upgrade: 'escaped' } }) } } }`,
  requests: [{ headers: { connection: 'upgrade, close', upgrade: 'escaped' } }, {}],
  expect: { endings: ['ok', 'exception', 'invalidRequest'], host: 'survives' },
  verify: noHeaderNamed('upgrade'),
}
