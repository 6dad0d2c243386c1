import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'returns to one task the response, or the stream, that was made for another',
  source: `let kept
export default { async fetch(request) {
  if (request.url.endsWith('/keep')) { kept = new Response(new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('for the first')); c.close() } })); return new Response('kept') }
  return kept
} }`,
  requests: [{ path: '/keep' }, { times: 3 }],
  expect: { endings: ['ok', 'exception', 'cut'], host: 'survives' },
}
