import assert from 'node:assert/strict'
import { get } from 'node:http'
import { test } from 'node:test'
import { HttpIngress } from '../../src/host/http/http-ingress.ts'
import { startRuntime } from '../support/runtime.ts'

interface Answer {
  readonly length: string | undefined
  readonly text: string
  readonly complete: boolean
}

async function ask(code: string): Promise<Answer> {
  await using t = startRuntime()
  await t.load('w', code)
  await using ingress = new HttpIngress(t.runtime, 'localhost')
  await ingress.listen({ port: 0, host: '127.0.0.1' })
  const { port } = ingress.address
  return await new Promise((resolve, reject) => {
    get({ port, headers: { host: 'w.localhost' }, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      const done = (): void =>
        resolve({ length: response.headers['content-length'], text, complete: response.complete })
      response.on('end', done).on('error', done)
    }).on('error', reject)
  })
}

const WRITES = (chunks: string[], length: number): string => `export default { fetch(_request, _env, ctx) {
  const { readable, writable } = new FixedLengthStream(${length})
  const write = async () => {
    const writer = writable.getWriter()
    for (const chunk of ${JSON.stringify(chunks)}) await writer.write(new TextEncoder().encode(chunk))
    await writer.close()
  }
  ctx.waitUntil(write().catch((error) => console.log(error.name)))
  return new Response(readable)
} }`

test('the length becomes that of the response', async () => {
  assert.deepEqual(await ask(WRITES(['hello ', 'world'], 11)), { length: '11', text: 'hello world', complete: true })
})

test('too few and too many bytes break the response off', async () => {
  const few = await ask(WRITES(['hello'], 11))
  assert.deepEqual(few, { length: '11', text: 'hello', complete: false })
  const many = await ask(WRITES(['hello', ' world'], 5))
  assert.deepEqual([many.length, many.text], ['5', 'hello'])
})

test('a content-length of the worker itself counts for nothing', async () => {
  const answer = await ask(`export default { fetch: () =>
    new Response(new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('hello')); c.close() } }), { headers: { 'content-length': '2' } }) }`)
  assert.deepEqual(answer, { length: undefined, text: 'hello', complete: true })
})

async function run(code: string): Promise<unknown> {
  await using t = startRuntime()
  await t.load('w', `export default { async execute() { ${code} } }`)
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined, error?.message)
  return JSON.parse(output ?? 'null')
}

test('both fail for both ends, with a TypeError', async () => {
  const seen = await run(`
    const seen = []
    for (const [length, chunks] of [[3, ['ab']], [3, ['ab', 'cd']]]) {
      const { readable, writable } = new FixedLengthStream(length)
      const read = new Response(readable).text().catch((error) => error.name)
      const writer = writable.getWriter()
      const write = async () => { for (const chunk of chunks) await writer.write(new TextEncoder().encode(chunk)); await writer.close() }
      seen.push(await write().catch((error) => error.name), await read)
    }
    for (const length of [-1, NaN, 'x', 2 ** 60, undefined]) try { new FixedLengthStream(length); seen.push('none') } catch (error) { seen.push(error.name) }
    return seen`)
  assert.deepEqual(new Set(seen as string[]), new Set(['TypeError']))
})

test('an identity stream gives bytes as they are, also into buffers of the reader', async () => {
  const seen = await run(`
    const { readable, writable } = new IdentityTransformStream()
    const writer = writable.getWriter()
    const bytes = new Uint8Array([1, 2, 3, 4])
    writer.write(bytes)
    writer.close()
    const reader = readable.getReader({ mode: 'byob' })
    const first = await reader.read(new Uint8Array(3))
    const second = await reader.read(new Uint8Array(3))
    const third = await reader.read(new Uint8Array(3))
    return [[...first.value], [...second.value], third.done, bytes.byteLength, new IdentityTransformStream() instanceof TransformStream,
      new FixedLengthStream(1n) instanceof IdentityTransformStream, String(new FixedLengthStream(1))]`)
  assert.deepEqual(seen, [[1, 2, 3], [4], true, 4, true, true, '[object FixedLengthStream]'])
})
