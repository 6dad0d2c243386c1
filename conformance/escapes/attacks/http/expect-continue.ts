import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'leaves two hundred bodies unread that clients have asked leave to send',
  source: `export default { fetch: () => new Response('done') }`,
  requests: [{ times: 200, method: 'POST', headers: { expect: '100-continue' }, body: 'x' }],
  expect: { endings: ['ok', 'loadShed'], host: 'survives' },
}
