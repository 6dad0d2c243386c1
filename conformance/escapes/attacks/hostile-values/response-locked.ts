import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'returns responses whose bodies are used, locked, or being read',
  source:
    handler(`const path = new URL(request.url).pathname; const response = new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(10)) } }))
    if (path === '/locked') response.body.getReader()
    if (path === '/used') { const other = new Response('x'); await other.text(); return other }
    if (path === '/twice') return (globalThis.kept ??= new Response('kept'))
    return response`),
  requests: [{ path: '/locked' }, { path: '/used' }, { path: '/twice' }, { path: '/twice' }],
  expect: ANSWER_OR_EXCEPTION,
}
