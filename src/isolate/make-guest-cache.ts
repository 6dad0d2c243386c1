// Run by `guest-script.ts` as a process of its own: guest source on stdin, its code cache on stdout.
// Nothing but the guest and the small program below is ever evaluated here.
import { readFileSync } from 'node:fs'
import { createContext, runInContext, Script } from 'node:vm'
import { type Crossing, ENTRY } from '../bridge/entries.ts'
import { OP } from '../bridge/ops.ts'

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
    if (url.pathname === '/whole') return new Response(structuredClone('whole'))
    return new Response('text', { headers })
  },
} } });0`

function warmUp(enter: Enter): void {
  enter(ENTRY.load, 1, '{}', 50)
  enter(ENTRY.fetch, 2, 'GET', 'http://warm.localhost:8787/path?q=1', 0)
  enter(ENTRY.fetch, 3, 'POST', 'https://warm.example/path', 1)
  enter(ENTRY.fetch, 4, 'GET', 'https://warm.example/error', 0)
  enter(ENTRY.fetch, 5, 'GET', 'https://warm.example/whole', 0)
  enter(ENTRY.abort, 2)
}

const script = new Script(readFileSync(0, 'utf8'))
const context = createContext({})
const install = script.runInContext(context) as (call: unknown) => Enter
const later: (() => void)[] = []
const enter = install((op: number, id: number): Crossing => {
  if (op === OP.requestHeaders) return 'accept\n*/*\ncontent-type\napplication/json\n'
  if (op === OP.entropy) return new ArrayBuffer(4096)
  if (op === OP.readText) later.push(() => enter(ENTRY.deliver, id, 1, '{"a":1}'))
  if (op === OP.timer) later.push(() => enter(ENTRY.deliver, id, 1))
  return undefined
})
runInContext(WARM_UP_PROGRAM, context)
warmUp(enter)
// Each round lets the promises of the last one settle.
for (let round = 0; round < 5; round++) {
  await new Promise((resolve) => setImmediate(resolve))
  for (const deliver of later.splice(0)) deliver()
}
process.stdout.write(script.createCachedData())
