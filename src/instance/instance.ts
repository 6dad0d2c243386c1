// An instance: a version loaded into a context, with the tasks that run on it and all they have under way.
//
// Invariants: what the guest calls during an entry is only recorded, and acted on when the entry is over; once a limit
// struck, no new task.
import { type Crossing, ENTRY } from '../bridge/entries.ts'
import type { Handlers, OpCode } from '../bridge/ops.ts'
import type { EngineIsolate, GuestContext } from '../isolate/engine-isolate.ts'
import type { EntryFailure } from '../isolate/entry-ending.ts'
import type { Entry, EntryResult } from '../isolate/executor.ts'
import type { RetirementCause } from '../observer.ts'
import { afterSocket, type AnswerTarget, applyAnswer, type ParkRefusal } from './apply-answer.ts'
import type { Answer, CallTarget, LoadAnswer, OpResult } from './call-target.ts'
import { CryptoCalls } from './crypto-calls.ts'
import { Codecs } from './codecs.ts'
import { EntryLine } from './entry-line.ts'
import { answerGuest, readReturned, refuseGuest } from './guest-calls.ts'
import { GuestSockets } from './guest-sockets.ts'
import { HeapSample } from './heap-sample.ts'
import { canceledError, cpuLimitError, memoryLimitError, recycledError, wallLimitError } from './limit-errors.ts'
import { OpTable } from './op-table.ts'
import type { PreparedVersion } from './prepared-version.ts'
import { Rejections, type Uncaught } from './rejections.ts'
import { ResponseStreams } from './response-streams.ts'
import type { Services } from './services.ts'
import { Subrequests } from './subrequests.ts'
import { taskEntry } from './task-entry.ts'
import { addLogLine, logUncaught } from './task-log.ts'
import type { RunHolder, TaskRun } from './task-run.ts'

/** `ready` takes tasks; `draining` finishes those it has; `closed` is gone. */
export type InstanceState = 'loading' | 'ready' | 'draining' | 'closed'

export interface InstanceEvents {
  /** A run has left the instance. */
  runEnded(run: TaskRun): void
  /** A run was answered with a WebSocket, and would live as long as that. Returns why it may not. */
  parked(run: TaskRun): ParkRefusal | undefined
  /** A client has said something on a WebSocket. */
  heard(): void
  /** A limit struck: the instance takes no more tasks and wants to be replaced. */
  spoiled(cause: RetirementCause): void
}

export interface InstanceParts {
  readonly isolate: EngineIsolate
  readonly context: GuestContext
  readonly prepared: PreparedVersion
  readonly services: Services
  readonly events: InstanceEvents
}

/** A run ended by the wall clock with more than this many times of what it used still left was kept waiting by the machine. */
const BLAMELESS_SHARE = 4
/** How long the other tasks of a spoiled instance may go on. */
const SPOILED_GRACE_MS = 2000

export class Instance implements RunHolder, CallTarget, AnswerTarget {
  readonly prepared: PreparedVersion
  readonly services: Services
  readonly crypto: CryptoCalls = new CryptoCalls()
  readonly codecs: Codecs = new Codecs()
  readonly ops: OpTable = new OpTable()
  readonly rejections: Rejections = new Rejections()
  readonly sockets: GuestSockets = new GuestSockets(this)
  readonly streams: ResponseStreams
  readonly subrequests: Subrequests = new Subrequests()
  state: InstanceState = 'loading'
  handlers: Handlers | undefined

  readonly #isolate: EngineIsolate
  readonly #context: GuestContext
  readonly #events: InstanceEvents
  readonly #runs = new Map<number, TaskRun>()
  readonly #line: EntryLine
  readonly #heap: HeapSample
  #recorded: { readonly run: TaskRun; readonly answer: Answer }[] = []
  #loaded: ((answer: LoadAnswer) => void) | undefined
  #loadAnswer: LoadAnswer | undefined
  #graceTimer: NodeJS.Timeout | undefined

  constructor(parts: InstanceParts) {
    this.prepared = parts.prepared
    this.services = parts.services
    this.#isolate = parts.isolate
    this.#heap = new HeapSample(parts.isolate, this.crypto.keys)
    this.#context = parts.context
    this.#events = parts.events
    this.streams = new ResponseStreams({
      deliverRoom: (op) => this.deliver(op, { ok: true }),
      abandon: (run) => this.abandon(run),
    })
    this.#line = new EntryLine({
      ...parts,
      left: (run, entry, result) => this.#left(run, entry, result),
      spent: (run) => this.#exceedCpu(run),
    })
    this.#context.connect((op: OpCode, id: number, a: Crossing, b: Crossing, c: Crossing, d: Crossing) => {
      try {
        return this.#line.mayCall() ? answerGuest(this, [op, id, a, b, c, d]) : refuseGuest(op)
      } catch {
        // The guest gave something it should not have; an exception would show it host paths.
        return undefined
      }
    })
  }

  get entered(): TaskRun | undefined {
    return this.#line.entered
  }

  get heapBytes(): number {
    return this.#heap.bytes
  }

  get runCount(): number {
    return this.#runs.size
  }

  /** Operations and sources under way, for all tasks together. */
  get openOps(): number {
    return this.ops.size + this.codecs.size
  }

  runById(id: number): TaskRun | undefined {
    const { entered } = this.#line
    return entered?.id === id ? entered : this.#runs.get(id)
  }

  /** Runs the program's top level as `run`. */
  load(run: TaskRun): Promise<LoadAnswer> {
    return new Promise((resolve) => {
      this.#loaded = resolve
      run.state = 'running'
      run.holder = this
      this.#runs.set(run.id, run)
      for (const [name, part] of Object.entries(this.prepared.version.bundle.parts)) {
        const content = part.type === 'text' ? part.text : new Uint8Array(part.bytes).buffer
        this.#line.enter(run, { kind: ENTRY.part, id: 0, a: name, b: content, c: part.type })
      }
      this.#line.enter(run, taskEntry(run, this.ops))
      if (!run.isOver) run.setDeadline(this.prepared.limits.startupWallMs)
    })
  }

  /** Starts a task. The caller made sure that the instance is ready and has a place. */
  start(run: TaskRun): void {
    run.start(this)
    this.#line.enter(run, taskEntry(run, this.ops))
    if (run.isOver) return
    // Most tasks end in their first entry; only the others are kept.
    this.#runs.set(run.id, run)
    if (run.state === 'running' && !run.hasDeadline) run.setDeadline(this.prepared.limits.wallMs)
  }

  /** Takes no more tasks and lets those it has finish. */
  drain(): void {
    if (this.state !== 'closed') this.state = 'draining'
  }

  /** Ends all its tasks. The isolate belongs to the caller. */
  close(because: 'limit-hit' | 'closed' = 'limit-hit'): void {
    if (this.state === 'closed') return
    this.state = 'closed'
    this.#line.close()
    clearTimeout(this.#graceTimer)
    for (const run of this.#runs.values()) {
      run.fail('recycled', recycledError(because))
      this.settle(run)
    }
    this.crypto.close()
    this.#context.release()
  }

  /** Closes the WebSockets of clients, and lets the worker know. */
  closeSockets(code: number, reason: string): void {
    if (this.state !== 'closed' && !this.#isolate.isDisposed) this.sockets.closeServed(code, reason)
  }

  /** Ends tasks that were answered and whose body is still open. */
  endStreams(): void {
    for (const run of this.#runs.values()) {
      if (run.isParked || !(run.bodyOpen || this.streams.isOpen(run))) continue
      run.fail('recycled', recycledError('replaced'))
      this.#endInGuest(run)
    }
  }

  collectGarbage(run: TaskRun): void {
    this.#line.enter(run, { kind: ENTRY.collect, id: 0 }, 'cleanup')
    this.#heap.take()
  }

  // As the holder of runs

  expire(run: TaskRun): void {
    if (run.state === 'answered') {
      const message = `waitUntil() promises did not settle within ${this.prepared.limits.waitUntilMs} ms and were given up. Let them wait for less, or raise the limit "waitUntilMs".`
      addLogLine(this.services, run, { level: 'warn', message, timeMs: Date.now() })
    } else {
      run.fail('exceededWallTime', wallLimitError(run))
    }
    this.#endInGuest(run)
  }

  abandon(run: TaskRun): void {
    if (run.state === 'ended' || run.guestSettled) return
    run.fail('canceled', canceledError())
    run.setDeadline(performance.now() - run.acceptedMs + this.prepared.limits.waitUntilMs)
    this.#line.enter(run, { kind: ENTRY.abort, id: run.id })
  }

  // As the target of the guest's calls and answers

  deliver(op: number, { ok, first, second }: OpResult): void {
    const run = this.ops.take(op)
    if (run === undefined) return
    this.#line.enter(run, { kind: ENTRY.deliver, id: op, a: ok ? 1 : 0, b: first, c: second })
  }

  enterFor(run: TaskRun, entry: Entry): void {
    if (!run.isOver) this.#line.enter(run, entry)
  }

  heard(run: TaskRun): void {
    run.renewBudget()
    this.#events.heard()
  }

  park(run: TaskRun): ParkRefusal | undefined {
    const refusal = this.#events.parked(run)
    run.isParked = refusal === undefined
    return refusal
  }

  socketClosed(run: TaskRun): void {
    afterSocket(this, run)
  }

  record(run: TaskRun, answer: Answer): void {
    this.#recorded.push({ run, answer })
  }

  recordLoad(answer: LoadAnswer): void {
    this.#loadAnswer ??= answer
  }

  settle(run: TaskRun): void {
    if (run.state === 'ended') return
    this.#runs.delete(run.id)
    run.heapBytes = this.heapBytes
    this.streams.forget(run)
    this.ops.endRun(run)
    this.subrequests.endRun(run)
    this.codecs.endRun(run)
    this.sockets.endRun(run)
    run.end()
    if (run.task.type === 'load') {
      this.#finishLoad(run)
      return
    }
    this.#events.runEnded(run)
  }

  // After an entry

  #left(run: TaskRun, entry: Entry, result: EntryResult): void {
    this.#heap.takeIfOld()
    run.heapBytes = this.#heap.bytes
    const isWithin = this.#line.phase === 'within'
    const told = this.rejections.takeUnprevented()
    if (told !== undefined) logUncaught(this.services, run, told)
    if (typeof result === 'object' && result.type === 'uncaught') this.#tellOrLog(run, entry, result)
    if (typeof result === 'string' && isWithin) applyAnswer(this, run, readReturned(result))
    if (this.#recorded.length > 0) {
      const recorded = this.#recorded
      this.#recorded = []
      for (const { run: answered, answer } of recorded) applyAnswer(this, answered, answer)
    }
    if (typeof result === 'object') this.#failed(run, result, isWithin)
    else if (!isWithin) this.#exceedCpu(run)
    if (this.#loadAnswer !== undefined && run.task.type === 'load') this.settle(run)
  }

  /** Before the answers of the entry count: what the guest says of it belongs to the same task. */
  #tellOrLog(run: TaskRun, entry: Entry, rejection: Uncaught): void {
    const telling = this.#line.phase === 'within' ? this.rejections.entryFor(run, entry, rejection) : undefined
    if (telling === undefined) logUncaught(this.services, run, rejection)
    else this.#line.enter(run, telling)
  }

  #failed(run: TaskRun, failure: EntryFailure, isWithin: boolean): void {
    switch (failure.type) {
      case 'uncaught':
        if (!isWithin) return this.#exceedCpu(run)
        // It took the place of what the entry returned.
        if (run.state === 'running') this.#line.enter(run, { kind: ENTRY.repeat, id: run.id }, 'cleanup')
        return
      case 'timeout':
        return this.#exceedCpu(run)
      case 'memory':
      case 'disposed':
        // The isolate is gone. What a task allocated before may only be noticed by the next entry.
        if (this.#line.phase === 'spent') this.#failForCpu(run)
        else run.fail('exceededMemory', memoryLimitError(run))
        this.settle(run)
        this.#events.spoiled('limit-hit')
        this.close()
    }
  }

  #failForCpu(run: TaskRun): void {
    if (run.cpuLeftMs > (run.budgetCpuUs / 1000) * BLAMELESS_SHARE) run.fail('recycled', recycledError('busy-machine'))
    else run.fail('exceededCpu', cpuLimitError(run))
  }

  #exceedCpu(run: TaskRun): void {
    this.#failForCpu(run)
    this.#endInGuest(run)
    this.#spoil()
  }

  /** The guest forgets the run; what it leaves pending is failed there. */
  #endInGuest(run: TaskRun): void {
    this.#line.enter(run, { kind: ENTRY.end, id: run.id }, 'cleanup')
    this.settle(run)
  }

  /** Termination may have lost other tasks' continuations: they get a moment to show that they live. */
  #spoil(): void {
    if (this.state !== 'ready') return
    this.state = 'draining'
    this.#events.spoiled('limit-hit')
    if (this.#runs.size > 0) this.#graceTimer = setTimeout(() => this.#events.spoiled('limit-hit'), SPOILED_GRACE_MS)
  }

  #finishLoad(run: TaskRun): void {
    const loaded = this.#loaded
    if (loaded === undefined) return
    this.#loaded = undefined
    const answer = this.#loadAnswer ?? { type: 'failed', error: '' }
    if (answer.type === 'loaded' && run.outcome === 'ok') {
      this.handlers = JSON.parse(answer.handlers) as Handlers
      if (this.state === 'loading') this.state = 'ready'
    }
    loaded(answer)
  }
}
