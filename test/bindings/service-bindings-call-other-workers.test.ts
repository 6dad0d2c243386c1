// One worker asks another through its `env`: bodies both ways, streams, errors, and an end to calling in circles.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const API = `export default { async fetch(request) {
  const { pathname } = new URL(request.url)
  switch (pathname) {
    case '/echo': return new Response(await request.text(), { status: 201, headers: { 'x-method': request.method, 'x-host': new URL(request.url).host } })
    case '/stream': return new Response(new ReadableStream({ async start(c) { for (const t of ['a', 'b', 'c']) { c.enqueue(new TextEncoder().encode(t)); await scheduler.wait(1) } c.close() } }))
    case '/throw': throw new Error('the other one failed')
    default: return Response.json({ pathname })
  }
} }`

const CALLER = `export default { async fetch(request, env) {
  const { pathname } = new URL(request.url)
  try {
    switch (pathname) {
      case '/post': {
        const body = new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('sent')); c.close() } })
        const answer = await env.API.fetch('https://anything.example/echo', { method: 'POST', body, duplex: 'half' })
        return new Response([answer.status, answer.headers.get('x-method'), answer.headers.get('x-host'), await answer.text()].join(' '))
      }
      case '/through': return env.API.fetch(new Request('http://internal/stream'))
      case '/throw': await env.API.fetch('http://internal/throw'); return new Response('no error')
      case '/missing': await env.NONE.fetch('http://internal/'); return new Response('no error')
      case '/circle': return await env.SELF.fetch(request)
      case '/aborted': await env.API.fetch('http://internal/', { signal: AbortSignal.abort(new Error('given up')) }); return new Response('no error')
      case '/env': return Response.json(Object.keys(env))
      case '/brand': return new Response(Reflect.apply(env.API.fetch, {}, ['http://internal/']))
    }
  } catch (error) { return new Response(error.name + ': ' + error.message) }
} }`

const bindings = {
  API: { type: 'service', worker: 'api' },
  NONE: { type: 'service', worker: 'none' },
  SELF: { type: 'service', worker: 'caller' },
} as const

test('a worker calls another one of its tenant through a binding', async () => {
  await using t = startRuntime()
  await t.load('api', API)
  await t.load('caller', CALLER, { bindings, env: { KEPT: 1 } })
  const textOf = async (path: string): Promise<string> => (await t.fetch('caller', path)).text
  assert.equal(await textOf('/post'), '201 POST anything.example sent')
  assert.equal(await textOf('/through'), 'abc')
  assert.match(
    await textOf('/throw'),
    /^Error: The worker behind the service binding did not answer \(exception\): .*the other one failed/,
  )
  assert.equal(await textOf('/missing'), 'Error: There is no worker "none" to answer for this service binding.')
  assert.match(await textOf('/circle'), /^Error: (Service binding limit: 16 workers|The worker behind)/)
  assert.equal(await textOf('/aborted'), 'Error: given up')
  assert.equal(await textOf('/env'), '["KEPT","API","NONE","SELF"]')
  assert.match(await textOf('/brand'), /^TypeError/)
})

test('what is no binding is refused', async () => {
  await using t = startRuntime()
  const load = (wrong: object): Promise<unknown> => t.load('w', API, wrong)
  await assert.rejects(load({ bindings: { A: { type: 'queue' } } }), {
    code: 'INVALID_OPTION',
    message: /"A" is of no kind/,
  })
  await assert.rejects(load({ bindings: { A: { type: 'service', worker: '../x' } } }), { code: 'INVALID_OPTION' })
  await assert.rejects(load({ bindings: { A: { type: 'kv', namespace: '' } } }), { code: 'INVALID_OPTION' })
  await assert.rejects(load({ bindings: bindings, env: { API: 1 } }), {
    code: 'INVALID_OPTION',
    message: /value of `env` too/,
  })
})
