import type { Attack } from '../../attack.ts'
import { lastBodyIs } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'

export const attack: Attack = {
  title: 'answers the next request from a timer of the one before',
  source: `let resolveNext
export default { async fetch(request) {
  if (request.url.endsWith('/leave')) { setTimeout(() => resolveNext?.(new Response('from the task before')), 30); setInterval(() => resolveNext?.(new Response('from the task before')), 10); return new Response('left') }
  return Promise.race([new Promise((resolve) => { resolveNext = resolve }), new Promise((resolve) => setTimeout(() => resolve(new Response('its own')), 150))])
} }`,
  requests: [{ path: '/leave' }, {}],
  expect: HARMLESS,
  verify: lastBodyIs('its own'),
}
