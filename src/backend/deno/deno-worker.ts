// Runs inside a Web Worker of Deno, in front of one program: loads it, calls it with each input, tells what it says and
// returns. Starts before there is a program, so that a worker is ready when one comes. What it needs of the platform it takes
// before the program runs; the program may break the rest, and with it nobody but itself.
import { MAX_LOG_CHARACTERS, MAX_OUTPUT_CHARACTERS, MAX_TEXT_CHARACTERS } from './deno-messages.ts'

interface WorkerScope {
  postMessage?: (message: unknown) => void
  readonly Deno: {
    exit: () => never
    memoryUsage(): { readonly heapUsed: number }
    inspect(value: unknown, options: { readonly depth: number }): string
  }
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void
}

interface WorkerEvent {
  readonly data: { readonly module?: string; readonly input: string }
  readonly error?: unknown
  readonly reason?: unknown
  preventDefault(): void
  stopImmediatePropagation(): void
}

type Program = (input: unknown, env: object, ctx: object) => unknown

const scope = globalThis as unknown as WorkerScope & Record<string, unknown>
const post = (scope.postMessage as (message: unknown) => void).bind(globalThis)
const { inspect, memoryUsage } = scope.Deno
const { createObjectURL } = URL
const { parse, stringify } = JSON
const BlobClass = Blob
const now = performance.now.bind(performance)
const apply = Reflect.apply
const cut = String.prototype.slice
const replace = String.prototype.replaceAll

let program: Program | undefined
let url = ''
let logged = 0

// Ways to others in this process, to its host, and out of what the host knows of.
for (const name of ['Worker', 'BroadcastChannel', 'close', 'postMessage', 'caches', 'localStorage', 'sessionStorage']) {
  delete scope[name]
}
scope.Deno.exit = () => {
  throw new Error('A program cannot end its process.')
}
for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
  console[level] = (...values: unknown[]) => log(level, values)
}
scope.addEventListener('error', (event) => {
  event.preventDefault()
  log('error', ['Uncaught', event.error])
})
scope.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  log('error', ['Uncaught (in promise)', event.reason])
})
scope.addEventListener('message', (event) => {
  event.stopImmediatePropagation()
  void serve(event.data)
})
post({ type: 'ready' })

async function serve({ input, module }: WorkerEvent['data']): Promise<void> {
  logged = 0
  const fromMs = now()
  try {
    if (module !== undefined) program = await load(module)
  } catch (error) {
    return done(now(), { problem: describe('load', error) })
  }
  post({ type: 'started', loadMs: now() - fromMs })
  const startMs = now()
  try {
    const value = await (program as Program)(parse(input), {}, { waitUntil() {} })
    done(startMs, output(value))
  } catch (error) {
    done(startMs, { problem: describe('exception', error) })
  }
}

async function load(module: string): Promise<Program> {
  url = createObjectURL(new BlobClass([module], { type: 'text/javascript' }))
  const { default: exported } = (await import(url)) as { readonly default?: unknown }
  if (typeof exported !== 'function') throw new TypeError('The module exports no function as its default.')
  return exported as Program
}

function output(value: unknown): object {
  let text: string | undefined
  try {
    if (value === undefined) return {}
    text = stringify(value)
  } catch (error) {
    return { problem: describe('output', error) }
  }
  if (text === undefined) {
    return { problem: describe('output', new TypeError(`A ${typeof value} cannot be written as JSON.`)) }
  }
  if (text.length > MAX_OUTPUT_CHARACTERS) {
    return { problem: describe('size', new RangeError(`The output is ${text.length} characters of JSON, too many.`)) }
  }
  return { output: text }
}

function done(fromMs: number, result: object): void {
  post({ type: 'done', runMs: now() - fromMs, heapBytes: memoryUsage().heapUsed, ...result })
}

function log(level: string, values: readonly unknown[]): void {
  let message = ''
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    message += (i === 0 ? '' : ' ') + (typeof value === 'string' ? value : inspect(value, { depth: 4 }))
  }
  message = shown(message, MAX_LOG_CHARACTERS - logged)
  if (logged >= MAX_LOG_CHARACTERS) return
  logged += message.length + 1
  post({ type: 'log', level, message })
}

function describe(kind: string, error: unknown): object {
  let [name, message, stack] = ['Error', '', '']
  try {
    if (error instanceof Error) {
      name = `${error.name}`
      message = `${error.message}`
      stack = `${error.stack}`
    } else message = typeof error === 'string' ? error : inspect(error, { depth: 2 })
  } catch {
    message = 'What was thrown cannot be described.'
  }
  return {
    kind,
    name: shown(name, MAX_TEXT_CHARACTERS),
    message: shown(message, MAX_TEXT_CHARACTERS),
    stack: shown(stack, MAX_TEXT_CHARACTERS),
  }
}

/** The program by its own name, and no more than so much of it. */
function shown(text: string, maxCharacters: number): string {
  const named = url === '' ? text : (apply(replace, text, [url, 'program.js']) as string)
  return apply(cut, named, [0, maxCharacters]) as string
}
