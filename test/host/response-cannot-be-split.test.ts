import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request, startServer } from '../support/http.ts'

/** Ways in which a worker might try to write a header, or a whole response, that is not its own. */
const ATTEMPTS = [
  `new Response('x', { headers: { 'x-a': 'b\\r\\nx-evil: 1' } })`,
  `new Response('x', { headers: { 'x-a': 'b\\nx-evil: 1' } })`,
  `new Response('x', { headers: { 'x-a': 'b\\rx-evil: 1' } })`,
  `new Response('x', { headers: { 'x-a': 'b\\0x-evil' } })`,
  `new Response('x', { headers: { 'x-a\\r\\nx-evil': '1' } })`,
  `new Response('x', { headers: { 'x-a: b\\nx-evil': '1' } })`,
  `new Response('x', { headers: [['x-a', 'b\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nx-evil: 1']] })`,
  `new Response('x', { headers: { 'x-a': 'b\\u010d\\u010ax-evil: 1' } })`,
  `new Response('x', { statusText: 'OK\\r\\nx-evil: 1' })`,
  `new Response('x', { statusText: 'OK\\nx-evil: 1' })`,
  `new Response('x', { statusText: { toString: () => 'OK\\r\\nx-evil: 1' } })`,
  `new Response(new Blob(['x'], { type: 'a/b\\r\\nx-evil: 1' }))`,
  `Response.redirect('http://a.example/\\r\\nx-evil: 1')`,
  `Response.redirect('http://a.example/?\\u010d\\u010ax-evil: 1')`,
  `(() => { const r = new Response('x'); r.headers.append('x-a', 'b\\r\\nx-evil: 1'); return r })()`,
  `(() => { const r = new Response('x'); r.headers.set('x-a', { toString: () => 'b\\nx-evil: 1' }); return r })()`,
  `(() => { RegExp.prototype.test = () => true; RegExp.prototype.exec = () => null
    return new Response('x', { headers: { 'x-a': 'b\\r\\nx-evil: 1' } }) })()`,
  `(() => { String.prototype.slice = () => 'b\\nx-evil\\n1'; String.prototype.toLowerCase = () => 'x-a\\nb\\nx-evil'
    return new Response('x', { headers: { 'X-A': ' b ' } }) })()`,
]

test('by header names, header values, reason phrases or patched built-ins', async () => {
  await using server = await startServer()
  await Promise.all(
    ATTEMPTS.map((code, index) => server.load(`w${index}`, `export default { fetch() { return ${code} } }`)),
  )
  await server.load('after', 'export default { fetch: () => new Response("after") }')
  for (const [index, code] of ATTEMPTS.entries()) {
    await using client = await server.connect()
    client.send(request(`w${index}`) + request('after'))
    const response = await client.response()
    assert.ok([200, 302, 500].includes(response.status), code)
    for (const [name] of response.headers) assert.ok(!name.includes('evil'), code)
    const after = await client.response()
    assert.deepEqual([after.status, after.body], [200, 'after'], code)
  }
})
