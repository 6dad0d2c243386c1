// One host process as the supervisor sees it.
//
// States: `starting` → `booted` (configured, idle, can become a host of either tier) → `opening` → `serving` →
// `leaving` → `ended`. Any state may go to `ended` at any moment.
import { randomUUID } from 'node:crypto'
import { type ChildProcess, spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { HostHealth, Tier } from '../stats.ts'
import {
  type HostConfig,
  type HostToSupervisor,
  type LastWord,
  OWN_DOOR,
  type SupervisorToHost,
} from '../wire/supervisor-messages.ts'
import { blame, type Blame } from './blame.ts'
import type { Ending, SandboxCommand } from './sandbox/sandbox.ts'
import { guardChannel } from './guarded-channel.ts'
import { killGroup, onceEnded } from './kill-group.ts'
import { asFirstVictim, oomKills } from './out-of-memory.ts'
import { createRecordFile } from './record-file.ts'
import type { HeldSocket } from './sockets.ts'

export type HostState = 'starting' | 'booted' | 'opening' | 'serving' | 'leaving' | 'ended'

export interface HostDeath {
  /** Why, and who did it; undefined where the supervisor meant it to end. */
  readonly blame: Blame | undefined
  readonly ending: Ending
  /** What it was at when it died. */
  readonly state: HostState
}

export interface HostEvents {
  changed(host: HostProcess): void
  ended(host: HostProcess, death: HostDeath): void
  /** The version with that number is about to cost the host its life. */
  overdue(host: HostProcess, number: number): void
  /** It did not. */
  recovered(host: HostProcess): void
  /** The host wants a successor. */
  worn(host: HostProcess, reason: string): void
  output(fd: 1 | 2, chunk: Uint8Array): void
  /** How it really ended; see the sandbox. */
  ending(code: number | null, signal: NodeJS.Signals | null): Ending
  /** Of the program that a wrapper runs. */
  programPid(commandPid: number): number | undefined
}

/** Lines kept of what a watchdog said. Only the last ones matter. */
const MAX_WORDS = 32
/** What a host that was told to finish may take beyond that, to say so. */
const DRAIN_GRACE_MS = 2000
const OPENING_LOOK_MS = 10

export class HostProcess {
  readonly id: number
  /** What it proves itself to control with. */
  readonly token: string = randomUUID()
  readonly startedMs: number = performance.now()
  tier: Tier | undefined
  /** Of a main host, where there are several; see `Slots`. */
  slot: number | undefined
  health: HostHealth | undefined
  /** Pings it has not answered, one after the other. */
  unanswered = 0
  readonly #child: ChildProcess
  readonly #events: HostEvents
  readonly #record = createRecordFile()
  readonly #words: LastWord[] = []
  /** As of the last two pings: the kernel counts since the machine started, and what was long ago killed nobody today. */
  #oomKills: [before: number, last: number] = [oomKills(), oomKills()]
  #state: HostState = 'starting'
  #programPid: number | undefined
  #wasUnresponsive = false
  #isMeant = false
  #draining: Promise<number> | undefined
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
        // Leads a group, to be ended with it.
        detached: true,
        ...(command.uid === undefined ? {} : { uid: command.uid }),
        ...(command.gid === undefined ? {} : { gid: command.gid }),
      })
    this.#child = asFirstVictim(start)
    this.#listen()
    this.#send({ type: 'configure', config })
  }

  get pid(): number {
    return this.#programPid ?? this.#child.pid ?? 0
  }

  get state(): HostState {
    return this.#state
  }

  /** Its watchdog has said that a worker is inside, and judges how long that may last. */
  get isInside(): boolean {
    const last = this.#words.at(-1)?.type
    return last === 'inside' || last === 'overdue'
  }

  /** Before it serves. */
  takeSlot({ key, slot }: { readonly slot: number; readonly key: string }, socket: HeldSocket): void {
    this.slot = slot
    this.#send({ type: 'takeSlot', slot, key }, socket)
  }

  /** Makes a booted process a host, which accepts at once or when it is told. */
  serve(tier: Tier, socket: HeldSocket, accepts: boolean): void {
    this.tier = tier
    this.#enter('opening')
    this.#send({ type: 'serve', host: this.id, tier, token: this.token, accepts }, socket)
  }

  /** Resolves when it accepts, or has ended. */
  accept(): Promise<void> {
    return this.#askDoor(OWN_DOOR, () => this.#send({ type: 'accept' }))
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
    this.#oomKills = [this.#oomKills[1], oomKills()]
    this.#send({ type: 'ping' })
  }

  /** Lets it finish what runs, then ends it. Returns how many tasks were not finished in time. Once more: the same end. */
  drain(limitMs: number): Promise<number> {
    this.#draining ??= this.#drain(limitMs)
    return this.#draining
  }

  async #drain(limitMs: number): Promise<number> {
    const endMs = performance.now() + limitMs
    // It may accept before it has said so.
    while (this.#state === 'opening' && performance.now() < endMs) await delay(OPENING_LOOK_MS)
    if (this.#state !== 'serving') {
      this.stop()
      return 0
    }
    this.#enter('leaving')
    let late: NodeJS.Timeout | undefined
    const leftMs = Math.max(0, Math.round(endMs - performance.now()))
    const cut = await new Promise<number>((resolve) => {
      this.#drained = resolve
      this.#send({ type: 'drain', limitMs: leftMs })
      late = setTimeout(() => resolve(this.health?.running ?? 0), leftMs + DRAIN_GRACE_MS)
    })
    clearTimeout(late)
    this.stop()
    return cut
  }

  /** Ends it now, without blaming anybody. */
  stop(): void {
    this.#isMeant = true
    killGroup(this.#child)
  }

  /** It has not answered for too long, or says what no host says. */
  giveUp(): void {
    this.#wasUnresponsive = true
    killGroup(this.#child)
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
    // Where this process has no descriptor left, the child has no pipes, and ends at once.
    const words = (child.stdio as ChildProcess['stdio'] | undefined)?.[4]
    if (words instanceof Readable) this.#listenToWords(words)
    guardChannel(child, () => this.giveUp())
    child.on('message', (message: HostToSupervisor) => this.#receive(message))
    // After `exit` the last words may still be on their way.
    onceEnded(child, (code, signal) => this.#end(this.#events.ending(code, signal)))
  }

  #listenToWords(pipe: Readable): void {
    let rest = ''
    pipe.setEncoding('utf8')
    pipe.on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n')
      rest = (lines.pop() ?? '').slice(-4096)
      for (const line of lines) {
        const word = readWord(line)
        if (word !== undefined) this.#hear(word)
      }
      this.#words.splice(0, this.#words.length - MAX_WORDS)
    })
    pipe.on('error', () => undefined)
  }

  #hear(word: LastWord): void {
    if (word.type === 'overdue') this.#events.overdue(this, word.number)
    else if (word.type === 'outside' && this.#words.at(-1)?.type === 'overdue') this.#events.recovered(this)
    this.#words.push(word)
  }

  #receive(message: HostToSupervisor): void {
    switch (message.type) {
      case 'booted':
        this.#programPid = this.#events.programPid(this.pid)
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
    const state = this.#state
    this.#state = 'ended'
    const record = this.#record.read()
    this.#record[Symbol.dispose]()
    this.#drained?.(0)
    for (const answer of this.#doorAnswers.values()) answer()
    const outOfMemory = oomKills() > this.#oomKills[0]
    const evidence = { ...ending, words: this.#words, record, wasUnresponsive: this.#wasUnresponsive, outOfMemory }
    this.#events.ended(this, { blame: this.#isMeant ? undefined : blame(evidence), ending, state })
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
