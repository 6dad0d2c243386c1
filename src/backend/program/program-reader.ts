// Reads what strangers submit, in a process that does only that: a text that hangs its parser, or ends it, costs nobody else
// anything. It starts with the first text, takes one at a time, and ends when it has had nothing to do for a while.
import { type ChildProcess, fork } from 'node:child_process'
import { programPath } from '../../programs.ts'
import { findInstallation } from '../../supervisor/sandbox/installation.ts'
import { permissionFlags } from '../../supervisor/sandbox/permission-flags.ts'
import type { Bundle } from '../../version.ts'
import { ProgramError } from './program-error.ts'
import type { Program, SourceLanguage } from './program-module.ts'
import type { ReadReply, ReadRequest } from './program-process.ts'

interface Wanted {
  readonly request: ReadRequest
  resolve(reply: ReadReply): void
}

/** For one text; the longest that is taken needs a tenth of it. */
const READ_WITHIN_MS = 2_000
const START_WITHIN_MS = 10_000
const IDLE_MS = 30_000
const MAX_BUNDLES = 16
const HEAP_MB = 256

export class ProgramReader implements Disposable {
  /** The first is with the process. */
  readonly #line: Wanted[] = []
  /** Of the modules that were read last. */
  readonly #bundles = new Map<string, Bundle>()
  #child: ChildProcess | undefined
  #hasAnswered = false
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** @throws ProgramError where it is none */
  async program(code: string, language?: SourceLanguage): Promise<Program> {
    const reply = await this.#ask({ wanted: 'program', code, language })
    if (reply.type !== 'program') throw errorOf(reply)
    this.#keep(reply.program.module, reply.bundle)
    return reply.program
  }

  /** @throws ProgramError where the module cannot be run in an isolate */
  async bundle(module: string): Promise<Bundle> {
    const kept = this.#bundles.get(module)
    if (kept !== undefined) return kept
    const reply = await this.#ask({ wanted: 'bundle', module })
    if (reply.type !== 'bundle') throw errorOf(reply)
    this.#keep(module, reply.bundle)
    return reply.bundle
  }

  /** Starts its process, where none is there. */
  start(): void {
    this.#process()
    this.#rest()
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#stop()
    for (const { resolve } of this.#line.splice(0)) resolve(problem('The reader of programs is closed.'))
  }

  #keep(module: string, bundle: Bundle): void {
    this.#bundles.delete(module)
    this.#bundles.set(module, bundle)
    const [oldest] = this.#bundles.keys()
    if (this.#bundles.size > MAX_BUNDLES && oldest !== undefined) this.#bundles.delete(oldest)
  }

  #ask(request: ReadRequest): Promise<ReadReply> {
    return new Promise((resolve) => {
      if (this.#isClosed) return resolve(problem('The reader of programs is closed.'))
      this.#line.push({ request, resolve })
      if (this.#line.length === 1) this.#sendFirst()
    })
  }

  #sendFirst(): void {
    clearTimeout(this.#timer)
    const [first] = this.#line
    if (first === undefined) return this.#rest()
    const child = this.#process()
    const withinMs = this.#hasAnswered ? READ_WITHIN_MS : START_WITHIN_MS
    this.#timer = setTimeout(() => {
      this.#stop()
      this.#answer(problem(`It could not be read within ${withinMs / 1000} s. Make it shorter, or simpler.`))
    }, withinMs)
    child.send(first.request, (error) => {
      if (error !== null) this.#lost(child)
    })
  }

  #answer(reply: ReadReply): void {
    this.#line.shift()?.resolve(reply)
    this.#sendFirst()
  }

  #rest(): void {
    this.#timer = setTimeout(() => this.#stop(), IDLE_MS).unref()
  }

  #process(): ChildProcess {
    if (this.#child !== undefined) return this.#child
    const { program, readPaths } = findInstallation(programPath('read-programs'))
    const child = fork(program, {
      execArgv: [
        ...permissionFlags(readPaths),
        `--max-old-space-size=${HEAP_MB}`,
        '--disable-warning=ExperimentalWarning',
      ],
      env: {},
      serialization: 'advanced',
      stdio: 'ignore',
    })
    // It must not keep this process alive.
    child.unref()
    child.channel?.unref()
    child.on('message', (reply: ReadReply) => {
      if (this.#child !== child) return
      this.#hasAnswered = true
      this.#answer(reply)
    })
    child.on('error', () => this.#lost(child))
    child.on('exit', () => this.#lost(child))
    this.#child = child
    this.#hasAnswered = false
    return child
  }

  #lost(child: ChildProcess): void {
    if (this.#child !== child) return
    this.#child = undefined
    if (this.#line.length > 0) this.#answer(problem('It cannot be read: its reader ended over it.'))
  }

  #stop(): void {
    clearTimeout(this.#timer)
    const child = this.#child
    this.#child = undefined
    child?.kill('SIGKILL')
  }
}

function problem(reason: string): ReadReply {
  return { type: 'problem', reason, position: undefined }
}

function errorOf(reply: ReadReply): ProgramError {
  return reply.type === 'problem'
    ? new ProgramError(reply.reason, reply.position)
    : new ProgramError('Its reader gave the wrong answer.')
}
