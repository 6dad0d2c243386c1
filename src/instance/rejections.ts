// Rejections nobody handled, of an instance whose program wants to hear of them. isolated-vm tells the host of the first of
// an entry; the guest is told in an entry of its own, and may keep it from the log.
import { ENTRY } from '../bridge/entries.ts'
import type { EntryFailure } from '../isolate/entry-ending.ts'
import type { Entry } from '../isolate/executor.ts'
import type { TaskRun } from './task-run.ts'

export type Uncaught = Extract<EntryFailure, { type: 'uncaught' }>

export class Rejections {
  /** The program listens. */
  isWanted = false
  #told: Uncaught | undefined

  /** The entry that tells the guest; undefined where the rejection is to be logged at once. */
  entryFor(run: TaskRun, during: Entry, rejection: Uncaught): Entry | undefined {
    // Listeners that leave rejections behind themselves would be told of them for ever.
    if (!this.isWanted || during.kind === ENTRY.rejection || run.isOver || run.cpuLeftMs <= 0) return undefined
    this.#told = rejection
    const { message, name, stack } = rejection
    return { kind: ENTRY.rejection, id: run.id, a: name, b: message, c: run.prepared.mapStack(stack) }
  }

  /** The program keeps what it is being told of from the log. */
  prevent(): void {
    this.#told = undefined
  }

  /** What the guest was told of and did not prevent. */
  takeUnprevented(): Uncaught | undefined {
    const told = this.#told
    this.#told = undefined
    return told
  }
}
