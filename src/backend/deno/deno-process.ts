// One process of Deno, all of whose runs have the same heap limit, as V8's flags hold for a process. Starts it with next to no
// rights, talks with it, watches that it answers, that it stays within its memory, and that what was ended is over: ends it
// otherwise, and all its runs hear of that.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programPath } from '../../programs.ts'
import { type FromDeno, MAX_LINE_CHARACTERS, type ToDeno } from './deno-messages.ts'
import { fromDeno } from './message-schema.ts'
import { StuckWorkers } from './stuck-workers.ts'

/** Why it ended: by its memory; because a worker could not be stopped; because it was told to; or by itself. */
export type DenoEnding = 'memory' | 'stuck' | 'stopped' | 'crashed'

export interface DenoProcessOptions {
  /** Path of the binary. */
  readonly deno: string
  /** Of each worker, in MiB. */
  readonly memoryMb: number
  readonly ended: (ending: DenoEnding) => void
}

/** Who hears of one run. */
export interface RunListener {
  hear(message: FromDeno): void
  /** The process has gone. */
  lost(ending: DenoEnding): void
}

/** What it needs for itself, measured 66 MB, and what collections are behind. */
const OWN_MB = 192
const LOOK_EVERY_MS = 50
const PING_EVERY_LOOKS = 40
const PONG_WITHIN_LOOKS = 100
const START_WITHIN_MS = 10_000
const PAGE_BYTES = 4096
const FLAGS = ['--no-prompt', '--no-remote', '--no-npm', '--no-config', '--no-lock', '--cached-only', '--no-check']

export class DenoProcess implements AsyncDisposable {
  readonly #options: DenoProcessOptions
  readonly #folder = mkdtempSync(join(tmpdir(), 'isopod-deno-'))
  readonly #runs = new Map<number, RunListener>()
  readonly #ready = Promise.withResolvers<string>()
  readonly #gone = Promise.withResolvers<void>()
  readonly #server: Server
  readonly #child: ChildProcess
  readonly #stuck: StuckWorkers
  readonly #watch: NodeJS.Timeout
  #socket: Socket | undefined
  #rest: string[] = []
  #restCharacters = 0
  #ending: DenoEnding | undefined
  #looksSincePong = 0
  #looks = 0
  #started = 0
  #mostAtOnce = 0
  #hasEnded = false

  constructor(options: DenoProcessOptions) {
    this.#options = options
    chmodSync(this.#folder, 0o700)
    const path = join(this.#folder, 'host.sock')
    this.#server = createServer((socket) => this.#connect(socket))
    this.#child = this.#spawn(path)
    this.#stuck = new StuckWorkers(this.#child.pid ?? 0)
    this.#server.listen(path)
    this.#watch = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref()
    this.#ready.promise.catch(() => undefined)
    setTimeout(
      () => this.#ready.reject(new Error(`${options.deno} did not answer within ${START_WITHIN_MS / 1000} s.`)),
      START_WITHIN_MS,
    ).unref()
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Runs it was ever given. */
  get started(): number {
    return this.#started
  }

  get running(): number {
    return this.#runs.size
  }

  /** The most runs it had at the same time as those it has now. */
  get mostAtOnce(): number {
    return this.#mostAtOnce
  }

  /** Resolves with Deno's version when it can run programs. */
  get ready(): Promise<string> {
    return this.#ready.promise
  }

  run(message: Extract<ToDeno, { type: 'run' }>, listener: RunListener): void {
    if (this.#hasEnded) return listener.lost(this.#ending ?? 'crashed')
    this.#mostAtOnce = this.#runs.size === 0 ? 1 : Math.max(this.#mostAtOnce, this.#runs.size + 1)
    this.#runs.set(message.id, listener)
    this.#started += 1
    this.#send(message)
  }

  /** Its listener hears nothing more. Its worker is stopped, or the whole process. */
  end(id: number): void {
    this.#runs.delete(id)
    this.#send({ type: 'end', id })
  }

  kill(ending: DenoEnding): void {
    this.#ending ??= ending
    this.#child.kill('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill('stopped')
    this.#child.ref()
    await this.#gone.promise
  }

  #spawn(socketPath: string): ChildProcess {
    const { deno, memoryMb } = this.#options
    const child = spawn(
      deno,
      [
        'run',
        ...FLAGS,
        '--unstable-worker-options',
        `--v8-flags=--max-old-space-size=${memoryMb},--max-semi-space-size=4`,
        // Its one connection; its workers have no rights at all.
        `--allow-read=${socketPath}`,
        `--allow-write=${socketPath}`,
        `--allow-net=unix:${socketPath}`,
        programPath('deno-program'),
        socketPath,
      ],
      {
        cwd: this.#folder,
        env: { DENO_DIR: this.#folder, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    child.unref()
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4096)
    })
    child.once('error', () => this.#end('crashed'))
    child.once('close', () => this.#end(/out of memory|heap limit|OOM/i.test(said) ? 'memory' : 'crashed'))
    return child
  }

  #connect(socket: Socket): void {
    this.#server.close()
    this.#socket = socket
    socket.unref()
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => this.#receive(chunk))
    socket.on('error', () => this.kill('crashed'))
    void readFile(programPath('deno-worker'), 'utf8').then((workerText) => this.#send({ type: 'begin', workerText }))
  }

  #receive(chunk: string): void {
    const [first = '', ...others] = chunk.split('\n')
    this.#rest.push(first)
    this.#restCharacters += first.length
    if (this.#restCharacters > MAX_LINE_CHARACTERS) return this.kill('crashed')
    for (const other of others) {
      const line = this.#rest.join('')
      this.#rest = [other]
      this.#restCharacters = other.length
      this.#hear(line)
    }
  }

  #hear(line: string): void {
    const message = parse(line)
    if (message === undefined) return this.kill('crashed')
    switch (message.type) {
      case 'ready':
        return this.#ready.resolve(message.version)
      case 'pong':
        this.#looksSincePong = 0
        if (message.made === this.#stuck.question) void this.#lookAtWorkers(message.left)
        return
      case 'ended':
        // Elsewhere nobody can see whether a worker has ended.
        if (process.platform !== 'linux') this.kill('stuck')
        else void this.#stuck.ended(message.made)
        return
      case 'done':
        this.#tell(message)
        this.#runs.delete(message.id)
        return
      default:
        return this.#tell(message)
    }
  }

  #tell(message: Exclude<FromDeno, { type: 'ready' | 'pong' }>): void {
    this.#runs.get(message.id)?.hear(message)
  }

  #send(message: ToDeno): void {
    if (this.#socket?.writable === true) this.#socket.write(`${JSON.stringify(message)}\n`)
  }

  async #look(): Promise<void> {
    this.#looks += 1
    this.#looksSincePong += 1
    const { question } = this.#stuck
    if (question !== undefined || this.#looks % PING_EVERY_LOOKS === 0)
      this.#send({ type: 'ping', made: question ?? 0 })
    if (this.#looksSincePong > PONG_WITHIN_LOOKS) return this.kill('crashed')
    if (process.platform === 'linux') await this.#lookAtMemory().catch(() => undefined)
  }

  async #lookAtMemory(): Promise<void> {
    if (this.#runs.size === 0) return
    const statm = await readFile(`/proc/${this.#child.pid}/statm`, 'utf8')
    const residentBytes = Number(statm.split(' ')[1]) * PAGE_BYTES
    const allowedMb = OWN_MB + 2 * this.#options.memoryMb * Math.max(1, this.#runs.size)
    if (residentBytes > allowedMb * 1024 * 1024) this.kill('memory')
  }

  async #lookAtWorkers(left: number): Promise<void> {
    if (await this.#stuck.look(left)) this.kill('stuck')
  }

  #end(ending: DenoEnding): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#ending ??= ending
    clearInterval(this.#watch)
    this.#server.close()
    this.#socket?.destroy()
    rmSync(this.#folder, { recursive: true, force: true })
    this.#ready.reject(new Error(`${this.#options.deno} ended while it was starting.`))
    this.#options.ended(this.#ending)
    const listeners = [...this.#runs.values()]
    this.#runs.clear()
    for (const listener of listeners) listener.lost(this.#ending)
    this.#gone.resolve()
  }
}

function parse(line: string): FromDeno | undefined {
  try {
    return fromDeno.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
