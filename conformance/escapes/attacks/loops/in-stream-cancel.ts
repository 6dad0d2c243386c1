import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'loops when it learns that the client of its stream has left',
  source: `export default { fetch(request) {
  if (request.url.endsWith('/again')) return new Response('done')
  return new Response(new ReadableStream({
    start(controller) { controller.enqueue(new TextEncoder().encode('begun')) },
    cancel() { for (;;); },
  }))
} }`,
  requests: [{ leaveAfterMs: 100 }, { path: '/again' }],
  expect: { endings: ['canceled', 'ok', 'recycled'], host: 'survives' },
  lingersMs: 500,
}
