// Code caches of tenants' scripts. A cache is trusted by whoever loads it, so it is made where no tenant code ever runs:
// in a process that only compiles. It starts with the first request and ends when it has had nothing to do for a while.
import { type ChildProcess, fork } from 'node:child_process'
import { programPath } from '../programs.ts'
import type { CompileReply, CompileRequest } from './code-cache-process.ts'
import { ENGINE_FLAGS } from './engine-flags.ts'

/** Compiling a shorter script takes less than reading its cache saves. */
const WORTHWHILE_LENGTH = 4 * 1024
const IDLE_MS = 10_000

/** The process that compiled it did not survive, or is gone. */
const LOST = { cache: undefined, problem: 'it cannot be compiled: its compiler ended' }

export class CodeCacheMaker {
  readonly #pending = new Map<number, (reply: Omit<CompileReply, 'id'>) => void>()
  readonly #idleMs: number | undefined
  #child: ChildProcess | undefined
  #lastId = 0
  #idleTimer: NodeJS.Timeout | undefined
  #closed = false

  /** @param idleMs - how long its process stays without work; undefined keeps it until `close` */
  constructor({ idleMs }: { readonly idleMs: number | undefined } = { idleMs: IDLE_MS }) {
    this.#idleMs = idleMs
  }

  /** Undefined where a cache is not worth it, or cannot be made. Never rejects. */
  async make(source: string): Promise<ArrayBuffer | undefined> {
    if (source.length < WORTHWHILE_LENGTH) return undefined
    const { cache } = await this.#ask(source, 'cache')
    return cache === undefined ? undefined : new Uint8Array(cache).buffer
  }

  /** Why the script does not compile on its own; undefined where it does. Never rejects. */
  async problemOf(source: string): Promise<string | undefined> {
    const { problem } = await this.#ask(source, 'check')
    return problem
  }

  #ask(source: string, wanted: CompileRequest['wanted']): Promise<Omit<CompileReply, 'id'>> {
    if (this.#closed) return Promise.resolve(LOST)
    return new Promise((resolve) => {
      this.#lastId += 1
      this.#pending.set(this.#lastId, resolve)
      clearTimeout(this.#idleTimer)
      const request: CompileRequest = { id: this.#lastId, source, wanted }
      this.#process().send(request, (error) => {
        if (error !== null) this.#stop()
      })
    })
  }

  close(): void {
    this.#closed = true
    this.#stop()
  }

  #process(): ChildProcess {
    if (this.#child !== undefined) return this.#child
    const program = programPath('compile-scripts')
    const child = fork(program, {
      // It meets scripts that nobody has looked at: should one break out of V8's parser, Node's own functions give it nothing.
      execArgv: [...ENGINE_FLAGS, '--permission', `--allow-fs-read=${program}`, '--disable-sigusr1'],
      env: {},
      serialization: 'advanced',
      stdio: 'ignore',
    })
    // It must not keep this process alive.
    child.unref()
    child.channel?.unref()
    child.on('message', (reply: CompileReply) => this.#receive(reply))
    child.on('error', () => this.#lost(child))
    child.on('exit', () => this.#lost(child))
    this.#child = child
    return child
  }

  #receive({ id, ...reply }: CompileReply): void {
    const resolve = this.#pending.get(id)
    this.#pending.delete(id)
    resolve?.(reply)
    if (this.#pending.size > 0 || this.#idleMs === undefined) return
    this.#idleTimer = setTimeout(() => this.#stop(), this.#idleMs)
    this.#idleTimer.unref()
  }

  #lost(child: ChildProcess): void {
    if (this.#child !== child) return
    this.#child = undefined
    for (const resolve of this.#pending.values()) resolve(LOST)
    this.#pending.clear()
  }

  #stop(): void {
    clearTimeout(this.#idleTimer)
    const child = this.#child
    if (child === undefined) return
    this.#lost(child)
    child.kill('SIGKILL')
  }
}
