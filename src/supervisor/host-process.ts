// One host process as the supervisor sees it.
//
// States: `starting` → `booted` (configured, idle, can become a host of either tier) → `opening` → `serving` →
// `leaving` → `ended`. Any state may go to `ended` at any moment.
import { randomUUID } from 'node:crypto'
import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { HostHealth, Tier } from '../stats.ts'
import type { HostConfig, HostToSupervisor, LastWord, SupervisorToHost } from '../wire/supervisor-messages.ts'
import { blame, type Blame } from './blame.ts'
import type { Ending, SandboxCommand } from './sandbox/sandbox.ts'
import { asFirstVictim, oomKills } from './out-of-memory.ts'
import { createRecordFile } from './record-file.ts'
import type { HeldSocket } from './sockets.ts'

export type HostState = 'starting' | 'booted' | 'opening' | 'serving' | 'leaving' | 'ended'

export interface HostDeath {
  /** Why, and who did it; undefined where the supervisor meant it to end. */
  readonly blame: Blame | undefined
  readonly ending: Ending
}

export interface HostEvents {
  changed(host: HostProcess): void
  ended(host: HostProcess, death: HostDeath): void
  /** The host wants a successor. */
  worn(host: HostProcess, reason: string): void
  output(fd: 1 | 2, chunk: Uint8Array): void
  /** How it really ended; see the sandbox. */
  ending(code: number | null, signal: NodeJS.Signals | null): Ending
}

/** Lines kept of what a watchdog said. Only the last ones matter. */
const MAX_WORDS = 32

export class HostProcess {
  readonly id: number
  /** What it proves itself to control with. */
  readonly token: string = randomUUID()
  readonly startedMs: number = performance.now()
  tier: Tier | undefined
  health: HostHealth | undefined
  /** Pings it has not answered, one after the other. */
  unanswered = 0

  readonly #child: ChildProcess
  readonly #events: HostEvents
  readonly #record = createRecordFile()
  readonly #words: LastWord[] = []
  #oomKillsBefore = oomKills()
  #state: HostState = 'starting'
  #wasUnresponsive = false
  #isMeant = false
  #drained: ((cut: number) => void) | undefined
  readonly #doorAnswers = new Map<number, () => void>()

  constructor(id: number, command: SandboxCommand, config: HostConfig, events: HostEvents) {
    this.id = id
    this.#events = events
    const start = (): ChildProcess =>
      spawn(command.command, command.args, {
        env: command.env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe', this.#record.fd],
        serialization: 'json',
        cwd: command.cwd,
        ...(command.uid === undefined ? {} : { uid: command.uid }),
        ...(command.gid === undefined ? {} : { gid: command.gid }),
      })
    this.#child = asFirstVictim(start)
    this.#listen()
    this.#send({ type: 'configure', config })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get state(): HostState {
    return this.#state
  }

  /** Its watchdog has said that a worker is inside, and judges how long that may last. */
  get isInside(): boolean {
    return this.#words.at(-1)?.type === 'inside'
  }

  /** Makes a booted process a host. */
  serve(tier: Tier, socket: HeldSocket): void {
    this.tier = tier
    this.#enter('opening')
    this.#send({ type: 'serve', host: this.id, tier, token: this.token }, socket)
  }

  /** Resolves when it accepts there, or has ended. */
  openDoor(door: number, domain: string, socket: HeldSocket): Promise<void> {
    return this.#askDoor(door, () => this.#send({ type: 'open', door, domain }, socket))
  }

  /** Resolves when what came in there is finished, or cut off after `limitMs`. */
  closeDoor(door: number, limitMs: number): Promise<void> {
    return this.#askDoor(door, () => this.#send({ type: 'close', door, limitMs }))
  }

  #askDoor(door: number, ask: () => void): Promise<void> {
    if (this.#state === 'ended') return Promise.resolve()
    return new Promise((resolve) => {
      this.#doorAnswers.set(door, resolve)
      ask()
    })
  }

  recordPrecisely(): void {
    this.#send({ type: 'recordPrecisely' })
  }

  ping(): void {
    this.unanswered += 1
    this.#oomKillsBefore = oomKills()
    this.#send({ type: 'ping' })
  }

  /** Lets it finish what runs, then ends it. Returns how many tasks were not finished in time. */
  async drain(limitMs: number): Promise<number> {
    if (this.#state === 'ended') return 0
    if (this.#state !== 'serving') {
      this.stop()
      return 0
    }
    this.#enter('leaving')
    const cut = await new Promise<number>((resolve) => {
      this.#drained = resolve
      this.#send({ type: 'drain', limitMs })
    })
    this.stop()
    return cut
  }

  /** Ends it now, without blaming anybody. */
  stop(): void {
    this.#isMeant = true
    this.#child.kill('SIGKILL')
  }

  /** It has not answered for too long. */
  giveUp(): void {
    this.#wasUnresponsive = true
    this.#child.kill('SIGKILL')
  }

  #send(message: SupervisorToHost, socket?: HeldSocket): void {
    if (!this.#child.connected) return
    // A host that has just died is noticed by its exit.
    this.#child.send(message, socket?.handle as never, () => undefined)
  }

  #listen(): void {
    const child = this.#child
    child.on('error', (error) => {
      this.#events.output(2, Buffer.from(`isopod: a host could not be started: ${error.message}\n`))
      // Where there is no process, nothing else will be heard of it.
      if (child.pid === undefined) this.#end({ code: 1, signal: null })
    })
    if (child.pid === undefined) return
    child.stdout?.on('data', (chunk: Uint8Array) => this.#events.output(1, chunk))
    child.stderr?.on('data', (chunk: Uint8Array) => this.#events.output(2, chunk))
    this.#listenToWords(child.stdio[4] as Readable)
    child.on('message', (message: HostToSupervisor) => this.#receive(message))
    // After `exit` the last words may still be on their way.
    child.on('close', (code, signal) => this.#end(this.#events.ending(code, signal)))
  }

  #listenToWords(pipe: Readable): void {
    let rest = ''
    pipe.setEncoding('utf8')
    pipe.on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n')
      rest = (lines.pop() ?? '').slice(-4096)
      for (const line of lines) {
        const word = readWord(line)
        if (word !== undefined) this.#words.push(word)
      }
      this.#words.splice(0, this.#words.length - MAX_WORDS)
    })
    pipe.on('error', () => undefined)
  }

  #receive(message: HostToSupervisor): void {
    switch (message.type) {
      case 'booted':
        return this.#enter('booted')
      case 'serving':
        return this.#enter('serving')
      case 'pong':
        this.unanswered = 0
        this.health = message.health
        return
      case 'worn':
        return this.#events.worn(this, String(message.reason))
      case 'opened':
      case 'closed':
        return this.#doorAnswers.get(message.door)?.()
      case 'drained':
        return this.#drained?.(Number(message.cut))
    }
  }

  #enter(state: HostState): void {
    if (this.#state === 'ended') return
    this.#state = state
    this.#events.changed(this)
  }

  #end(ending: Ending): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    const record = this.#record.read()
    this.#record[Symbol.dispose]()
    this.#drained?.(0)
    for (const answer of this.#doorAnswers.values()) answer()
    const outOfMemory = oomKills() > this.#oomKillsBefore
    const evidence = { ...ending, words: this.#words, record, wasUnresponsive: this.#wasUnresponsive, outOfMemory }
    this.#events.ended(this, { blame: this.#isMeant ? undefined : blame(evidence), ending })
  }
}

/** A host may have been taken over: what it writes is read with care. */
function readWord(line: string): LastWord | undefined {
  try {
    const word = JSON.parse(line) as LastWord & { number?: unknown }
    return typeof word.type === 'string' && (word.number === undefined || Number.isInteger(word.number))
      ? word
      : undefined
  } catch {
    return undefined
  }
}
