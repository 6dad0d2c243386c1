import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText, startRuntime } from '../support/runtime.ts'

const FORMS = `export default { async fetch(request) {
  if (request.method === 'GET') {
    const form = new FormData()
    form.append('name', 'Zoë "quoted"')
    form.append('file', new File([new Uint8Array([0, 255, 13, 10])], 'b.bin', { type: 'application/x-b' }))
    return new Response(form)
  }
  const seen = []
  for (const [name, value] of await request.formData()) {
    seen.push(typeof value === 'string' ? [name, value] : [name, value.name, value.type, [...(await value.bytes())]])
  }
  return Response.json(seen)
} }`

test('what Node writes as a multipart form, a worker reads', async () => {
  await using t = startRuntime()
  await t.load('forms', FORMS)
  const form = new FormData()
  form.append('name', 'Zoë "quoted"')
  form.append('file', new File([new Uint8Array([0, 255, 13, 10])], 'b.bin', { type: 'application/x-b' }))
  const sent = new Response(form)
  const answer = await t.runtime.dispatch('forms', {
    type: 'fetch',
    request: {
      method: 'POST',
      url: 'http://forms.localhost/',
      headers: [['content-type', sent.headers.get('content-type') ?? '']],
      body: new Uint8Array(await sent.arrayBuffer()),
    },
  })
  assert.deepEqual(JSON.parse(await readText(answer.body)), [
    ['name', 'Zoë "quoted"'],
    ['file', 'b.bin', 'application/x-b', [0, 255, 13, 10]],
  ])
})

test('what a worker writes as a multipart form, Node reads', async () => {
  await using t = startRuntime()
  await t.load('forms', FORMS)
  const { response, body } = await t.runtime.dispatch('forms', {
    type: 'fetch',
    request: { method: 'GET', url: 'http://forms.localhost/', headers: [] },
  })
  const type = response?.headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  assert.ok(body instanceof Uint8Array)
  const read = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const file = read.get('file')
  assert.equal(read.get('name'), 'Zoë "quoted"')
  assert.ok(file instanceof File)
  assert.deepEqual(
    [file.name, file.type, [...new Uint8Array(await file.arrayBuffer())]],
    ['b.bin', 'application/x-b', [0, 255, 13, 10]],
  )
})

test('a urlencoded form', async () => {
  await using t = startRuntime()
  await t.load('forms', FORMS)
  const answer = await t.fetch('forms', '/', {
    method: 'POST',
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body: 'a=1&b=x+y&a=%C3%A9',
  })
  assert.equal(answer.text, '[["a","1"],["b","x y"],["a","é"]]')
})
