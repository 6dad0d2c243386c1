// The real command line as a process of its own, and requests to what it serves.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'

const root = join(import.meta.dirname, '..', '..')

export interface CliOptions {
  /** Added to an environment without any of Isopod's variables. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Flags of Node; the engine's unless told. */
  readonly nodeFlags?: readonly string[]
  /** Main hosts of `serve`; 1 unless told, 0 for all in one process. */
  readonly hosts?: number
}

export interface CliEnding {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end, or until its output has what it is run for. */
export async function runCli(
  args: readonly string[],
  { until, ...options }: CliOptions & { readonly until?: RegExp } = {},
): Promise<CliEnding> {
  const child = start(args, options)
  const output = collect(child)
  child.stdout?.on('data', () => {
    if (until?.test(output.stdout) === true) child.kill()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: output.stdout, stderr: output.stderr }
}

export interface Serve extends AsyncDisposable {
  readonly pid: number
  readonly port: number
  readonly adminPort: number
  /** All it has written to stdout and stderr. */
  output(): { readonly stdout: string; readonly stderr: string }
  /** Resolves once stdout or stderr has the text as often as wanted. */
  saw(text: string | RegExp, times?: number): Promise<void>
  /** A request to a worker by its host name. */
  get(worker: string, path?: string, options?: RequestOptions): Promise<Answer>
  signal(name: NodeJS.Signals): void
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** `isopod serve` on free ports; resolves once it says that it is ready. */
export function startServe(args: readonly string[], options: CliOptions = {}): Promise<Serve> {
  return startServer(['serve', '--hosts', String(options.hosts ?? 1), ...args], options)
}

/** `isopod dev`, likewise. */
export function startDev(args: readonly string[], options: CliOptions = {}): Promise<Serve> {
  return startServer(['dev', ...args], options)
}

async function startServer([command = '', ...args]: readonly string[], options: CliOptions): Promise<Serve> {
  const child = start([command, '--port', '0', '--admin-port', '0', ...args], options)
  const output = collect(child)
  const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals)
  const saw = async (text: string | RegExp, times = 1): Promise<void> => {
    // Only so that a test that waits in vain ends, and its process with it.
    const overdue = delay(60_000, 'overdue', { ref: false })
    while (`${output.stdout}${output.stderr}`.split(text).length <= times) {
      const ending = await Promise.race([output.more(), ended, overdue])
      if (ending !== undefined)
        throw new Error(`ended with ${ending} before "${String(text)}": ${output.stderr}${output.stdout}`)
    }
  }
  await saw(/\n {2}admin {2}\S+\n/)
  const port = Number(/\.\S+:(\d+)\/\n/.exec(output.stdout)?.[1])
  const adminPort = Number(/admin\s+\S+:(\d+)\//.exec(output.stdout)?.[1])
  return {
    pid: child.pid ?? 0,
    port,
    adminPort,
    output: () => ({ stdout: output.stdout, stderr: output.stderr }),
    saw,
    get: (worker, path = '/', more = {}) => request(port, path, { host: `${worker}.localhost:${port}`, ...more }),
    signal: (name) => void child.kill(name),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function start(args: readonly string[], { env = {}, cwd = root, nodeFlags = ENGINE_FLAGS }: CliOptions): ChildProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:ISOPOD|ISOLATE|WORKER|PERSISTENT_WORKER|NODE)_/.test(name),
  )
  return spawn(process.execPath, [...nodeFlags, join(root, 'src', 'cli', 'main.ts'), ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

interface Output {
  stdout: string
  stderr: string
  /** Resolves when something is added. */
  more(): Promise<undefined>
}

function collect(child: ChildProcess): Output {
  const waiting: (() => void)[] = []
  const output: Output = {
    stdout: '',
    stderr: '',
    more: () => new Promise((resolve) => void waiting.push(() => resolve(undefined))),
  }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      for (const wake of waiting.splice(0)) wake()
    })
  }
  return output
}

export interface RequestOptions {
  readonly host?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly agent?: http.Agent
  /** Called with each chunk of the response as it comes. */
  readonly onChunk?: (chunk: string) => void
}

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  json(): unknown
}

export async function request(port: number, path: string, options: RequestOptions = {}): Promise<Answer> {
  const { host = `127.0.0.1:${port}`, method = 'GET', headers = {}, body, agent, onChunk } = options
  const outgoing = http.request({
    host: '127.0.0.1',
    port,
    path,
    method,
    agent: agent ?? false,
    headers: { ...headers, host },
  })
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [http.IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk
    onChunk?.(chunk as string)
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) as unknown }
}

/** Asks again until the answer is as wanted; for what happens by itself after a while. */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask()
    if (isWanted(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
