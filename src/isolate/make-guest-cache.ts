// Run by `guest-cache.ts` as a process of its own: the guest's scripts on stdin, their code caches on stdout.
// Nothing but the guest and the small program below is ever evaluated here.
import { readFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { createContext, runInContext, Script } from 'node:vm'
import { type Crossing, ENTRY } from '../bridge/entries.ts'
import { OP } from '../bridge/ops.ts'
import type { GuestScripts } from './guest-cache.ts'

type Enter = (kind: number, id: number, a?: Crossing, b?: Crossing, c?: Crossing) => void

/** What most workers do: so their first request finds these functions compiled. */
const WARM_UP_PROGRAM = `__isopod__(function () { return { default: {
  async fetch(request, env, ctx) {
    const url = new URL(request.url)
    ctx.waitUntil(Promise.resolve())
    if (url.pathname === '/error') throw new Error('warm-up')
    if (url.pathname === '/form') return Response.json(Object.fromEntries(await request.clone().formData()))
    if (request.method === 'POST') return Response.json(await request.json(), { status: 201, headers: { 'x-a': '1' } })
    const headers = new Headers({ 'content-type': 'text/plain' })
    headers.set('x-b', request.headers.get('accept') ?? url.searchParams.get('q'))
    await new Promise((resolve) => setTimeout(resolve, 1))
    console.log('warm', { up: [1, 2] })
    crypto.randomUUID()
    new TextDecoder().decode(new TextEncoder().encode('ü'))
    const controller = new AbortController()
    controller.signal.aborted || controller.abort()
    if (url.pathname === '/parts') return useParts()
    if (url.pathname === '/whole') return new Response(structuredClone('whole'))
    return new Response('text', { headers })
  },
} } })
async function useParts() {
  const ignore = () => {}
  crypto.subtle.digest('SHA-256', new Uint8Array(1)).catch(ignore)
  crypto.subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']).catch(ignore)
  new CompressionStream('gzip')
  const [, server] = Object.values(new WebSocketPair())
  server.accept()
  server.addEventListener('message', ignore)
  server.send('a')
  const { port1, port2 } = new MessageChannel()
  port2.onmessage = ignore
  port1.postMessage({ a: 1 })
  new BroadcastChannel('a').close()
  new TextDecoder('windows-1252').decode(new Uint8Array([0x80]))
  fetch(URL.createObjectURL(new Blob(['a']))).catch(ignore)
  new URL('../\u00fc?q=\u00fc#f', 'http://u:p@Example.com:80/c/./d').searchParams.append('a', 'b c')
  new URLPattern({ pathname: '/a/:id' }).exec('https://warm.example/a/1')
  new URLPattern('https://*.example/b/*').test('https://warm.example/b/1')
  const { readable, writable } = new TransformStream({ transform(chunk, c) { c.enqueue(chunk) } })
  const writer = writable.getWriter()
  writer.write('a').then(() => writer.close())
  await new Response(readable.pipeThrough(new TextEncoderStream())).text()
  const bytes = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array(4)); c.close() } })
  for await (const chunk of bytes.pipeThrough(new TextDecoderStream())) chunk
  const [left, right] = new Response('text').body.tee()
  left.cancel()
  await right.pipeTo(new WritableStream())
  return new Response(new ReadableStream({ start(c) { c.enqueue('a'); c.close() } }), { status: 200 })
};0`

function warmUp(enter: Enter): void {
  enter(ENTRY.load, 1, '{"env":{},"bindings":{"API":"service"}}', 50)
  enter(ENTRY.fetch, 2, 'GET', 'http://warm.localhost:8787/path?q=1', 0)
  enter(ENTRY.fetch, 3, 'POST', 'https://warm.example/path', 1)
  enter(ENTRY.fetch, 4, 'GET', 'https://warm.example/error', 0)
  enter(ENTRY.fetch, 5, 'GET', 'https://warm.example/whole', 0)
  enter(ENTRY.abort, 2)
}

const sources = deserialize(readFileSync(0)) as GuestScripts<string>
const script = new Script(sources.main)
const parts = new Map([...sources.parts].map(([name, source]) => [name, new Script(source)]))
const context = createContext({})
const install = script.runInContext(context) as (call: unknown) => Enter
const PARTS_TASK = 6
const later: (() => void)[] = []
/** Tasks with a response. */
const answered = new Set<number>()
const enter = install((op: number, id: number, a: unknown): unknown => {
  if (op === OP.respond && a === 200) answered.add(id)
  if (op === OP.guestPart) return parts.get(String(a))?.runInContext(context)
  if (op === OP.requestHeaders) return 'accept\n*/*\ncontent-type\napplication/json\n'
  if (op === OP.entropy) return new ArrayBuffer(4096)
  if (op === OP.readText) later.push(() => enter(ENTRY.deliver, id, 1, '{"a":1}'))
  if (op === OP.timer) later.push(() => enter(ENTRY.deliver, id, 1))
  return undefined
})
runInContext(WARM_UP_PROGRAM, context)
warmUp(enter)
await settle()
// Before the parts are used: that would add functions of the main script which few need, and every instance would pay.
const main = script.createCachedData()
enter(ENTRY.fetch, PARTS_TASK, 'GET', 'https://warm.example/parts', 0)
await settle()
if (!answered.has(PARTS_TASK)) throw new Error('the warm-up of the parts failed')
const caches: GuestScripts<Buffer> = {
  main,
  parts: new Map([...parts].map(([name, part]) => [name, part.createCachedData()])),
}
process.stdout.write(serialize(caches))

/** Each round lets the promises of the last one settle. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    for (const deliver of later.splice(0)) deliver()
  }
}
