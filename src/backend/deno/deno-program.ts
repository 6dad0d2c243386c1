// The program that Deno runs for its backend: a Web Worker without permissions for each run, one of them made ahead of time.
// It holds the only connection to the backend; workers have none, nor a way to it. Ends when the connection does.
import {
  type Done,
  type FromDeno,
  LOG_LEVELS,
  type LogLevel,
  MAX_LOG_CHARACTERS,
  MAX_OUTPUT_CHARACTERS,
  MAX_TEXT_CHARACTERS,
  type ToDeno,
} from './deno-messages.ts'

interface DenoScope {
  readonly Deno: {
    readonly args: readonly string[]
    readonly version: { readonly deno: string }
    connect(options: { readonly transport: 'unix'; readonly path: string }): Promise<Connection>
    exit(code: number): never
  }
  readonly Worker: new (url: string, options: object) => DenoWorker
}

interface Connection {
  readonly readable: ReadableStream<Uint8Array>
  write(bytes: Uint8Array): Promise<number>
}

interface DenoWorker {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'error', listener: (event: { readonly message: string; preventDefault(): void }) => void): void
  postMessage(message: object): void
  terminate(): void
}

interface HostedWorker {
  /** How many were made with it. */
  readonly serial: number
  readonly worker: DenoWorker
  readonly madeMs: number
  key: string | undefined
  /** From when its code could begin; undefined until then. */
  createMs: number | undefined
  run: { readonly id: number; readonly fromMs: number } | undefined
  hasProgram: boolean
}

type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly loadMs: number }
  | { readonly type: 'log'; readonly level: LogLevel; readonly message: string }
  | ({ readonly type: 'done' } & Done)

const MAX_WARM = 8
const IDLE_MS = 5

const { Deno, Worker } = globalThis as unknown as DenoScope
const [socketPath = ''] = Deno.args
const workers = new Set<HostedWorker>()
/** By key, the most recently used last. Those that have nothing to do. */
const warm = new Map<string, HostedWorker>()
let spare: HostedWorker | undefined
let refill: ReturnType<typeof setTimeout> | undefined
let made = 0
let workerUrl = ''
let sent = Promise.resolve()

const connection = await Deno.connect({ transport: 'unix', path: socketPath })
let rest = ''
for await (const chunk of connection.readable.pipeThrough(new TextDecoderStream() as never) as AsyncIterable<string>) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) take(JSON.parse(line) as ToDeno)
}
Deno.exit(0)

function take(message: ToDeno): void {
  switch (message.type) {
    case 'begin':
      workerUrl = URL.createObjectURL(new Blob([message.workerText], { type: 'text/javascript' }))
      spare = make()
      return
    case 'run':
      return run(message)
    case 'end':
      return end(message.id)
    case 'ping':
      return answer(message.made)
  }
}

function run({ id, input, key, module }: Extract<ToDeno, { type: 'run' }>): void {
  const fromMs = performance.now()
  const known = key === undefined ? undefined : warm.get(key)
  if (key !== undefined) warm.delete(key)
  const hosted = known ?? claim(key)
  hosted.run = { id, fromMs }
  if (known !== undefined) send({ type: 'created', id, createMs: 0, waitMs: 0 })
  else if (hosted.createMs !== undefined) send({ type: 'created', id, createMs: hosted.createMs, waitMs: 0 })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  hosted.worker.postMessage(hosted.hasProgram ? { input } : { module, input })
  hosted.hasProgram = true
}

/** One that nobody has used. */
function claim(key: string | undefined): HostedWorker {
  const hosted = spare ?? make()
  spare = undefined
  hosted.key = key
  return hosted
}

/** Making one holds this thread up, so not while runs need it. */
function refillWhenIdle(): void {
  clearTimeout(refill)
  refill = setTimeout(() => {
    const isBusy = [...workers].some(({ run: current }) => current !== undefined)
    if (!isBusy) spare ??= make()
  }, IDLE_MS)
}

function make(): HostedWorker {
  const madeMs = performance.now()
  const worker = new Worker(workerUrl, { type: 'module', deno: { permissions: 'none' } })
  made += 1
  const hosted: HostedWorker = {
    serial: made,
    worker,
    madeMs,
    key: undefined,
    createMs: undefined,
    run: undefined,
    hasProgram: false,
  }
  workers.add(hosted)
  worker.addEventListener('message', ({ data }) => hear(hosted, data as Partial<FromWorker> | null))
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    fail(hosted, event.message)
  })
  return hosted
}

/** It may say what it likes: of that only text and numbers go on, as of its own run. */
function hear(hosted: HostedWorker, message: Partial<FromWorker> | null): void {
  if (message?.type === 'ready') return becomeReady(hosted)
  const id = hosted.run?.id
  if (id === undefined) return
  if (message?.type === 'started') send({ type: 'started', id, loadMs: amountOf(message.loadMs) })
  else if (message?.type === 'log') {
    const level = LOG_LEVELS.find((known) => known === message.level) ?? 'log'
    send({ type: 'log', id, level, message: textOf(message.message, MAX_LOG_CHARACTERS) })
  } else if (message?.type === 'done') {
    const { heapBytes, output, problem, runMs } = message
    finish(hosted, problem !== undefined)
    send({
      type: 'done',
      id,
      runMs: amountOf(runMs),
      heapBytes: amountOf(heapBytes),
      ...(output === undefined ? {} : { output: textOf(output, MAX_OUTPUT_CHARACTERS) }),
      ...(problem === undefined ? {} : { problem: problemOf(problem) }),
    })
  }
}

function becomeReady(hosted: HostedWorker): void {
  if (hosted.createMs !== undefined) return
  const createMs = performance.now() - hosted.madeMs
  hosted.createMs = createMs
  const { run: current } = hosted
  if (current === undefined) return send({ type: 'ready', version: Deno.version.deno })
  send({ type: 'created', id: current.id, createMs, waitMs: performance.now() - current.fromMs })
}

function problemOf(problem: Partial<NonNullable<Done['problem']>>): NonNullable<Done['problem']> {
  return {
    kind: (['load', 'output', 'size'] as const).find((kind) => kind === problem.kind) ?? 'exception',
    name: textOf(problem.name, MAX_TEXT_CHARACTERS),
    message: textOf(problem.message, MAX_TEXT_CHARACTERS),
    stack: textOf(problem.stack, MAX_TEXT_CHARACTERS),
  }
}

function amountOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}

function textOf(value: unknown, maxCharacters: number): string {
  return typeof value === 'string' ? value.slice(0, maxCharacters) : ''
}

function finish(hosted: HostedWorker, hasFailed: boolean): void {
  const { key } = hosted
  hosted.run = undefined
  refillWhenIdle()
  if (key === undefined || hasFailed || warm.has(key)) return drop(hosted)
  warm.set(key, hosted)
  const [oldest] = warm.values()
  if (warm.size > MAX_WARM && oldest !== undefined) drop(oldest)
}

function fail(hosted: HostedWorker, text: string): void {
  const id = hosted.run?.id
  if (spare === hosted) spare = undefined
  drop(hosted)
  if (id === undefined) return
  const problem = { kind: 'exception', name: 'Error', message: text.slice(0, 4096), stack: '' } as const
  send({ type: 'done', id, runMs: 0, heapBytes: 0, problem })
}

function answer(madeUntil: number): void {
  const left = [...workers].filter(({ serial }) => serial <= madeUntil).length
  send({ type: 'pong', made: madeUntil, left })
}

function end(id: number): void {
  const found = [...workers].find(({ run: current }) => current?.id === id)
  if (found !== undefined) drop(found)
  send({ type: 'ended', id, made })
}

function drop(hosted: HostedWorker): void {
  workers.delete(hosted)
  if (hosted.key !== undefined && warm.get(hosted.key) === hosted) warm.delete(hosted.key)
  hosted.run = undefined
  hosted.worker.terminate()
  refillWhenIdle()
}

function send(message: FromDeno): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(message)}\n`)
  sent = sent.then(() => writeAll(bytes))
}

async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at))
}
