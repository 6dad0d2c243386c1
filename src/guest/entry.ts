// The only way in: the host holds a Reference to `enter` and nothing else of the guest.
import type { ErrorText } from '../bridge/error-text.ts'
import { type Crossing, ENTRY, type EntryKind } from '../bridge/entries.ts'
import { setEntryTime, useRealTime } from './clock.ts'
import { collectGarbage } from './memory/collect-garbage.ts'
import { setHeapLimit } from './memory/heap-limit.ts'
import { finishTask } from './program/finish.ts'
import { repeatReturned, returningAnswer } from './program/returned.ts'
import { storePart } from './program/parts.ts'
import { load } from './program/program.ts'
import { startExecute, startFetch, startScheduled } from './program/tasks.ts'
import { openLog } from './runtime/log.ts'
import { deliver } from './runtime/pending-ops.ts'
import { errorFromDetails } from './runtime/error-from-details.ts'
import { reportException, reportRejection } from './runtime/report-exception.ts'
import { closeTask, findTask, setCurrentTask } from './runtime/task-scope.ts'
import { socketEvent } from './websocket/registry.ts'

export function enter(kind: EntryKind, id: number, a: Crossing, b: Crossing, c: Crossing): string | undefined {
  setEntryTime()
  openLog()
  try {
    if (kind === ENTRY.fetch) return returningAnswer(id, () => startFetch(id, a as string, b as string, c))
    handle(kind, id, a, b, c)
  } catch (error) {
    reportException(error)
  }
  return undefined
}

function handle(kind: EntryKind, id: number, a: Crossing, b: Crossing, c: Crossing): void {
  switch (kind) {
    case ENTRY.deliver:
      return deliver(id, a === 1, b, c)
    case ENTRY.socket:
      return socketEvent(id, a as number, b)
    case ENTRY.execute:
      return startExecute(id, a as string | undefined)
    case ENTRY.scheduled:
      return startScheduled(id, a as string, b as number)
    case ENTRY.abort:
      return abort(id)
    case ENTRY.end:
      return end(id)
    case ENTRY.part:
      return storePart(a as string, b, c as string)
    case ENTRY.load:
      setHeapLimit(b as number)
      if (c === 'real') useRealTime()
      return load(id, a as string)
    case ENTRY.repeat:
      return repeatReturned(id)
    case ENTRY.rejection:
      return reportRejectionOf(id, { name: a as string, message: b as string, stack: c as string })
    case ENTRY.collect:
      collectGarbage()
  }
}

function reportRejectionOf(id: number, details: ErrorText): void {
  setCurrentTask(findTask(id))
  reportRejection(errorFromDetails(details))
}

function abort(id: number): void {
  const task = findTask(id)
  if (task === undefined) return
  setCurrentTask(task)
  task.aborted = true
  const { onAbort, cancelBody } = task
  task.onAbort = undefined
  task.cancelBody = undefined
  onAbort?.()
  cancelBody?.()
  // Nobody waits for an answer any more. What should go on after this was given to `waitUntil`, by a listener at the latest.
  task.answered = true
  finishTask(task)
}

function end(id: number): void {
  const task = findTask(id)
  if (task === undefined) return
  setCurrentTask(task)
  closeTask(task)
}
