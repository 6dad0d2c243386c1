// One function per kind of task. Tenant code runs only inside the try of these (and in continuations of its promises).
import type { Crossing } from '../../bridge/entries.ts'
import { OP } from '../../bridge/ops.ts'
import { createAbortSignal, signalAbort, type AbortSignal } from '../dom/abort.ts'
import { DOMException } from '../dom/dom-exception.ts'
import { bodyOfContent, type HostSource } from '../fetch/body-content.ts'
import { HeaderList } from '../fetch/header-list.ts'
import { INCOMING_OPTIONS, requestFromState, type Request } from '../fetch/request.ts'
import { responseStateOf } from '../fetch/response.ts'
import { parseJson } from '../memory/parse-json.ts'
import { ErrorConstructor, PromisePrototypeThen, PromiseResolve, Uint8ArrayConstructor } from '../primordials.ts'
import { everListened } from '../runtime/global-target.ts'
import { hostCall } from '../runtime/host.ts'
import { openTask, type TaskScope } from '../runtime/task-scope.ts'
import { answer, fail, respond } from './answer.ts'
import { ExecutionContext } from './execution-context.ts'
import { dispatchFetch, dispatchScheduled } from './legacy-events.ts'
import { callHandler, NO_HANDLER } from './program.ts'

export function startFetch(id: number, method: string, url: string, body: Crossing): void {
  const task = openTask(id)
  try {
    const request = incomingRequest(task, { method, url, body })
    let result = callHandler('fetch', request, new ExecutionContext(task))
    if (result === NO_HANDLER) {
      if (!everListened('fetch')) return failWithoutHandler(task, 'fetch')
      result = dispatchFetch(task, request)
    }
    if (responseStateOf(result) !== undefined) return respond(task, result)
    PromisePrototypeThen(
      PromiseResolve(result),
      (value) => respond(task, value),
      (error) => fail(task, error),
    )
  } catch (error) {
    fail(task, error)
  }
}

export function startScheduled(id: number, cron: string, scheduledTime: number): void {
  const task = openTask(id)
  try {
    const controller = { cron, scheduledTime, type: 'scheduled', noRetry(): void {} }
    const result = callHandler('scheduled', controller, new ExecutionContext(task))
    if (result === NO_HANDLER) {
      if (!everListened('scheduled')) return failWithoutHandler(task, 'scheduled')
      dispatchScheduled(task, { cron, scheduledTime })
    }
    PromisePrototypeThen(
      PromiseResolve(result === NO_HANDLER ? undefined : result),
      () => answer(task, undefined),
      (error) => fail(task, error),
    )
  } catch (error) {
    fail(task, error)
  }
}

export function startExecute(id: number, input: string | undefined): void {
  const task = openTask(id)
  try {
    const value: unknown = input === undefined ? undefined : parseJson(input)
    const result = callHandler('execute', value, new ExecutionContext(task))
    if (result === NO_HANDLER) return failWithoutHandler(task, 'execute')
    PromisePrototypeThen(
      PromiseResolve(result),
      (output) => answer(task, output),
      (error) => fail(task, error),
    )
  } catch (error) {
    fail(task, error)
  }
}

function failWithoutHandler(task: TaskScope, kind: string): void {
  fail(task, new ErrorConstructor(`The worker has no ${kind} handler.`), 'NO_HANDLER')
}

function incomingRequest(
  task: TaskScope,
  { method, url, body }: { method: string; url: string; body: Crossing },
): Request {
  return requestFromState({
    method,
    url,
    headers: () => HeaderList.unpack(hostCall(OP.requestHeaders, task.id) as string),
    body: body === 0 ? undefined : bodyOfContent(enteringContent(body)),
    redirect: 'manual',
    signal: () => signalOfTask(task),
    options: INCOMING_OPTIONS,
  })
}

/** Text, bytes, or the number of a source; see `ENTRY.fetch`. */
function enteringContent(body: Crossing): string | Uint8Array | HostSource {
  if (typeof body === 'number') return { source: body, signal: undefined }
  return typeof body === 'string' ? body : new Uint8ArrayConstructor(body as ArrayBuffer)
}

function signalOfTask(task: TaskScope): AbortSignal {
  const signal = createAbortSignal()
  const abort = (): void => signalAbort(signal, new DOMException('The client went away.', 'AbortError'))
  if (task.aborted) abort()
  else task.onAbort = abort
  return signal
}
