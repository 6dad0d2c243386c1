import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'leaves a thousand requests with "Expect: 100-continue" unread',
  source: `export default { fetch: () => new Response('done') }`,
  requests: [{ times: 200, method: 'POST', headers: { expect: '100-continue' }, body: 'x' }],
  expect: { endings: ['ok', 'loadShed'], host: 'survives' },
}
