// One V8 isolate and the contexts in it. Everything above this folder works with these two classes; nothing else of
// isolated-vm is visible.
import ivm from 'isolated-vm'
import type { Crossing } from '../bridge/entries.ts'
import { OP, type OpCode } from '../bridge/ops.ts'
import { collectBeforeExit } from './collect-before-exit.ts'
import { CONTAINED_COLUMN_OFFSET, containScript } from './contained-script.ts'
import type { EnterReference, Entry, EntryDone, Executor, ExecutorName } from './executor.ts'
import { GUEST_FILENAME, guestPart, guestScript } from './guest-script.ts'
import { inlineExecutor } from './inline-executor.ts'
import { type InspectorClient, type InspectorSession, InspectorSessions } from './inspector.ts'
import { inspectedExecutor, threadsExecutor } from './threads-executor.ts'

const EXECUTORS: Readonly<Record<ExecutorName, Executor>> = {
  inline: inlineExecutor,
  threads: threadsExecutor,
  inspected: inspectedExecutor,
}

/** What the guest calls; see `bridge/ops.ts`. Must not throw. */
export type GuestCall = (op: OpCode, id: number, a: Crossing, b: Crossing, c: Crossing, d: Crossing) => Crossing

export interface IsolateOptions {
  readonly executor: ExecutorName
  readonly heapMb: number
}

export class EngineIsolate {
  readonly #isolate: ivm.Isolate
  readonly #executor: Executor
  readonly #inspector: InspectorSessions | undefined
  #guest: ivm.Script | undefined

  constructor(options: IsolateOptions) {
    collectBeforeExit()
    const inspector = options.executor === 'inspected'
    this.#isolate = new ivm.Isolate({ memoryLimit: options.heapMb, inspector })
    this.#inspector = inspector ? new InspectorSessions(this.#isolate) : undefined
    this.#executor = EXECUTORS[options.executor]
  }

  /** Entries run on the calling thread, and so does what the guest calls meanwhile. */
  get isInline(): boolean {
    return this.#executor.name === 'inline'
  }

  get isDisposed(): boolean {
    return this.#isolate.isDisposed
  }

  /** A context with the guest runtime in it, not yet connected to anybody: `call` forwards to what is set later. */
  async createContext(): Promise<GuestContext> {
    const executor = this.#executor
    const context = await executor.createContext(this.#isolate)
    this.#guest ??= await this.#compileGuest()
    const isolate = this.#isolate
    // All that the callback holds: the engine keeps it for longer than the context is needed.
    const line: GuestLine = {
      receive: undefined,
      part: (name) => executor.part(guestPart(name), { isolate, context }),
    }
    const call = callOf(line)
    const enter = await executor.install(this.#guest, context, call)
    return new GuestContext({ isolate: this.#isolate, executor, context, enter, line })
  }

  async #compileGuest(): Promise<ivm.Script> {
    const { source, ...cache } = guestScript()
    return this.#executor.compile(this.#isolate, source, { filename: GUEST_FILENAME, ...cache })
  }

  /** Attaches a debugger; undefined where none can be. */
  inspect(client: InspectorClient): InspectorSession | undefined {
    return this.#isolate.isDisposed ? undefined : this.#inspector?.open(client)
  }

  /**
   * Heap in use, ArrayBuffers included, in bytes. About 2 µs; undefined once disposed, and where a debugger may be inside,
   * whom this thread must not wait for. Only while nothing is entered.
   */
  heapBytes(): number | undefined {
    if (this.#isolate.isDisposed || this.#inspector !== undefined) return undefined
    const { used_heap_size, externally_allocated_size } = this.#isolate.getHeapStatisticsSync()
    return used_heap_size + externally_allocated_size
  }

  /**
   * Frees the isolate. `background` leaves the work to a pool thread (a 50 MB heap takes 13 ms); `now` does it here, for
   * a process that is about to exit, which must not leave such threads behind, or from within a call of its own guest,
   * whose entry it ends.
   */
  dispose(when: 'background' | 'now'): void {
    this.#inspector?.close()
    if (this.#isolate.isDisposed) return
    if (when === 'background') {
      // A task queued for the pool makes dispose() leave the rest to the thread that takes it.
      // Its context must not outlive the isolate's handle (isolated-vm would crash), so the handle is held until then.
      const isolate = this.#isolate
      const release = (): boolean => isolate.isDisposed
      isolate.createContext().then(release, release)
    }
    this.#isolate.dispose()
  }
}

/** Who answers the guest's calls. */
interface GuestLine {
  /** Set when an instance takes the context. */
  receive: GuestCall | undefined
  /** Gives the guest a part of itself, until the context is released. */
  part: ((name: string) => unknown) | undefined
}

function callOf(line: GuestLine): ivm.Callback {
  return new ivm.Callback(
    (op: OpCode, id: number, a: Crossing, b: Crossing, c: Crossing, d: Crossing) =>
      op === OP.guestPart ? line.part?.(String(a)) : line.receive?.(op, id, a, b, c, d),
    { sync: true },
  )
}

interface ContextParts {
  readonly isolate: ivm.Isolate
  readonly executor: Executor
  readonly context: ivm.Context
  readonly enter: EnterReference
  readonly line: GuestLine
}

export interface TenantScript {
  readonly source: string
  readonly filename: string
  readonly codeCache?: ArrayBuffer
  readonly timeoutMs: number
}

export class GuestContext {
  readonly #parts: ContextParts

  constructor(parts: ContextParts) {
    this.#parts = parts
  }

  /** Connects the guest's calls to their receiver. */
  connect(receive: GuestCall): void {
    this.#parts.line.receive = receive
  }

  /** Compiles and runs a script that only registers its program. */
  async run(script: TenantScript): Promise<void> {
    const { executor, isolate, context } = this.#parts
    const compiled = await executor.compile(isolate, containScript(script.source), {
      filename: script.filename,
      columnOffset: CONTAINED_COLUMN_OFFSET,
      ...(script.codeCache === undefined ? {} : { cachedData: new ivm.ExternalCopy(script.codeCache) }),
    })
    try {
      await executor.run(compiled, context, script.timeoutMs)
    } catch (error) {
      executor.takeRejections(isolate)
      throw error
    } finally {
      compiled.release()
    }
  }

  /** One entry into V8, bounded by `timeoutMs` of running time. */
  enter(entry: Entry, timeoutMs: number, done: EntryDone): void {
    const { executor, isolate, enter } = this.#parts
    executor.enter(enter, entry, { isolate, timeoutMs, done })
  }

  /** Gives up the context; its isolate goes on. */
  release(): void {
    const { isolate, context, enter, line } = this.#parts
    line.receive = undefined
    line.part = undefined
    if (isolate.isDisposed) return
    enter.release()
    context.release()
  }
}
