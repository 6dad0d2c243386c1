import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'

export const attack: Attack = {
  title: 'reads, for one client, the body another is still sending',
  source: `let first
export default { async fetch(request) {
  if (request.url.endsWith('/send')) { first = request; await new Promise((resolve) => setTimeout(resolve, 400)); return new Response('sent') }
  try { return new Response('stolen ' + await first.text()) } catch (error) { return new Response('refused') }
} }`,
  requests: [
    {
      steps: [
        { send: 'POST /send HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 11\r\n\r\nmy password' },
      ],
    },
    {},
  ],
  expect: HARMLESS,
  verify: ({ bodies }) =>
    bodies.some((body) => body.includes('my password')) ? 'a body reached another task' : undefined,
}
