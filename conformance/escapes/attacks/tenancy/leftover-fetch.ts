import type { Attack } from '../../attack.ts'
import { lastBodyIs } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'

export const attack: Attack = {
  title: 'lets a fetch of one task deliver its response while another runs',
  source: `let late = 'nothing'
export default { async fetch(request, env) {
  if (request.url.endsWith('/leave')) { fetch(env.ORIGIN).then((response) => response.text()).then((text) => { late = text }, () => {}); return new Response('left') }
  await new Promise((resolve) => setTimeout(resolve, 150))
  return new Response(late)
} }`,
  requests: [{ path: '/leave' }, {}],
  expect: HARMLESS,
  verify: lastBodyIs('nothing'),
}
