import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../support/http.ts'

test('status and reason phrase', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `const answers = { a: [418, 'Short and Stout'], b: [404], c: [599, 'caf\u00e9'], d: [201, ''], e: [200, 'a  b'] }
    export default { fetch(request) {
      const [status, statusText] = answers[new URL(request.url).pathname.slice(1)]
      return new Response('', { status, ...(statusText === undefined ? {} : { statusText }) })
    } }`,
  )
  const told = async (path: string): Promise<[number, string]> => {
    const { status, statusText } = await server.get('hello', path)
    return [status, statusText]
  }
  assert.deepEqual(await told('/a'), [418, 'Short and Stout'])
  assert.deepEqual(await told('/b'), [404, 'Not Found'])
  assert.deepEqual(await told('/c'), [599, 'caf\u00e9'])
  assert.deepEqual(await told('/d'), [201, 'Created'])
  assert.deepEqual(await told('/e'), [200, 'a  b'])
})

test('a length in bytes, whatever the text', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `const texts = ['', 'plain', 'h\u00e9llo', '\u4f60\u597d', '\u{1f600}', 'lone \\ud83d surrogate', 'nul \\0']
    export default { fetch: (request) => new Response(texts[new URL(request.url).pathname.slice(1)]) }`,
  )
  for (const [index, text] of [
    '',
    'plain',
    'h\u00e9llo',
    '\u4f60\u597d',
    '\u{1f600}',
    'lone \ufffd surrogate',
    'nul \0',
  ].entries()) {
    const response = await server.get('hello', `/${index}`)
    assert.equal(response.body, text)
    assert.deepEqual(response.all('content-length'), [String(Buffer.byteLength(text))])
    assert.deepEqual(response.all('content-type'), ['text/plain;charset=UTF-8'])
  }
})

test('bytes as they are', async () => {
  await using server = await startServer()
  await server.load(
    'hello',
    `const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    const bodies = [all, all.buffer, all.subarray(65, 70), new DataView(all.buffer, 65, 5), new Blob([all.subarray(65, 70)])]
    export default { fetch: (request) => new Response(bodies[new URL(request.url).pathname.slice(1)]) }`,
  )
  for (const [index, length] of [256, 256, 5, 5, 5].entries()) {
    const response = await server.get('hello', `/${index}`)
    assert.deepEqual(response.all('content-length'), [String(length)])
    if (length === 5) assert.equal(response.body, 'ABCDE')
  }
})
