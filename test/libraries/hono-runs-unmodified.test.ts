import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gunzipSync, inflateSync } from 'node:zlib'
import { startLibrary } from '../support/library.ts'

let library: Awaited<ReturnType<typeof startLibrary>>
before(async () => {
  library = await startLibrary('hono', { compatibilityFlags: ['nodejs_compat'] })
})
after(() => library[Symbol.asyncDispose]())

type Answer = Awaited<ReturnType<typeof library.fetch>>
const header = ({ response }: Answer, name: string): string | undefined =>
  response?.headers.find(([each]) => each.toLowerCase() === name)?.[1]

test('routes, queries, validation', async () => {
  assert.equal((await library.fetch('/api/items/7?tag=a&tag=b')).text, '{"id":7,"tags":["a","b"]}')
  assert.equal((await library.fetch('/api/items/x')).response?.status, 404)
  const headers: [string, string][] = [['content-type', 'application/json']]
  const created = await library.fetch('/api/items', { method: 'POST', headers, body: '{"name":"n","more":1}' })
  assert.equal(`${created.response?.status} ${created.text}`, '201 {"name":"n"}')
  const refused = await library.fetch('/api/items', { method: 'POST', headers, body: '{}' })
  assert.equal(`${refused.response?.status} ${refused.text}`, '422 {"error":"no name"}')
})

test('cors and etag', async () => {
  const preflight = await library.fetch('/api/items/1', {
    method: 'OPTIONS',
    headers: [
      ['origin', 'https://app.example'],
      ['access-control-request-method', 'PUT'],
    ],
  })
  assert.equal(preflight.response?.status, 204)
  assert.equal(header(preflight, 'access-control-allow-origin'), 'https://app.example')
  const first = await library.fetch('/cached')
  const etag = header(first, 'etag') ?? ''
  assert.match(etag, /^"[0-9a-f]+"$/)
  assert.equal((await library.fetch('/cached', { headers: [['if-none-match', etag]] })).response?.status, 304)
})

test('context-storage knows each of many requests at once', async () => {
  const users = Array.from({ length: 100 }, (_, index) => `user${index}`)
  const answers = await Promise.all(users.map((user) => library.fetch(`/whoami/${user}`)))
  assert.deepEqual(
    answers.map(({ text }) => text),
    users.map((user) => `hello ${user}`),
  )
})

test('jsx, with components that wait', async () => {
  const { text } = await library.fetch('/page/list')
  const items = '<li title="a &amp; b">a &amp; b</li><li title="&lt;script&gt;">&lt;script&gt;</li>'
  assert.equal(text, `<!DOCTYPE html><html lang="en"><body><ul>${items}</ul></body></html>`)
})

test('streams, and events of a server', async () => {
  assert.equal((await library.fetch('/stream')).text, 'one two three')
  const events = await library.fetch('/events')
  assert.equal(header(events, 'content-type'), 'text/event-stream')
  assert.equal(events.text, 'event: tick\ndata: tick 1\nid: 1\n\nevent: tick\ndata: tick 2\nid: 2\n\n')
})

test('compress answers in what the client takes', async () => {
  const plain = await library.fetch('/large')
  assert.equal(header(plain, 'content-encoding'), undefined)
  for (const [encoding, decompress] of [
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
  ] as const) {
    const packed = await library.fetch('/large', { headers: [['accept-encoding', encoding]] })
    assert.equal(header(packed, 'content-encoding'), encoding)
    assert.ok(packed.bytes.length < 200, `${packed.bytes.length} bytes`)
    assert.equal(decompress(packed.bytes).toString(), plain.text)
  }
})

test('errors', async () => {
  const refused = await library.fetch('/secret')
  assert.equal(`${refused.response?.status} ${refused.text}`, '401 who are you?')
  const broken = await library.fetch('/broken')
  assert.equal(`${broken.response?.status} ${broken.text}`, '500 {"error":"on purpose"}')
})
