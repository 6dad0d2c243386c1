// Where an entry into V8 runs. An isolate uses one executor for life: calls of both kinds on one isolate would wait for
// each other's lock without a time limit.
import type ivm from 'isolated-vm'
import type { Crossing, EntryKind } from '../bridge/entries.ts'
import type { EntryFailure } from './entry-ending.ts'
import type { GuestScript } from './guest-script.ts'

/** `inspected`: like `threads`, in isolates that debuggers may attach to. */
export type ExecutorName = 'inline' | 'threads' | 'inspected'

/** The guest's `enter` function. */
export type EnterReference = ivm.Reference<
  (kind: EntryKind, id: number, a: Crossing, b: Crossing, c: Crossing) => string | undefined
>

export interface Entry {
  readonly kind: EntryKind
  readonly id: number
  readonly a?: Crossing
  readonly b?: Crossing
  readonly c?: Crossing
}

/** What the guest returned, or why it did not. */
export type EntryResult = string | undefined | EntryFailure

/** Called when an entry is over, with the CPU time it took. Inline executors call it before `enter` returns. */
export type EntryDone = (cpuUs: number, result: EntryResult) => void

export interface EntryOptions {
  readonly isolate: ivm.Isolate
  readonly timeoutMs: number
  readonly done: EntryDone
}

export interface Executor {
  readonly name: ExecutorName
  createContext(isolate: ivm.Isolate): Promise<ivm.Context>
  compile(isolate: ivm.Isolate, source: string, options: ivm.ScriptInfo): Promise<ivm.Script>
  /** Runs the guest's script, whose value is its install function, and installs it. */
  install(script: ivm.Script, context: ivm.Context, call: ivm.Callback): Promise<EnterReference>
  /**
   * What the guest gets for a part of itself it asks for from within an entry: the function the script stands for, or its
   * source where nothing can be compiled meanwhile.
   */
  part(script: GuestScript, within: { readonly isolate: ivm.Isolate; readonly context: ivm.Context }): unknown
  run(script: ivm.Script, context: ivm.Context, timeoutMs: number): Promise<void>
  enter(reference: EnterReference, entry: Entry, options: EntryOptions): void
  /** Ends what a failed call leaves behind: isolated-vm throws its unhandled rejections into whichever call comes next. */
  takeRejections(isolate: ivm.Isolate): void
}
