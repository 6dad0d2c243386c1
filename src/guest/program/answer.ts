// How a task is answered: a response, a result, or a failure. Only the first answer counts.
import type { ErrorCode } from '../../errors.ts'
import { OP, RESPONSE } from '../../bridge/ops.ts'
import { type Body, isHostSource } from '../fetch/body-content.ts'
import { isUnusable } from '../fetch/body.ts'
import { pumpStream } from '../fetch/body-stream.ts'
import { headerListOf } from '../fetch/headers.ts'
import { type ResponseState, responseStateOf } from '../fetch/response.ts'
import {
  ArrayIsArray,
  ErrorConstructor,
  JSONStringify,
  PromisePrototypeThen,
  TypeErrorConstructor,
} from '../primordials.ts'
import { describeError } from '../runtime/describe-error.ts'
import { hostCall } from '../runtime/host.ts'
import { closeTask, setCurrentTask, type TaskScope } from '../runtime/task-scope.ts'
import type { ReadableStream } from '../streams/lazy.ts'
import { streamLength } from '../streams/stream-length.ts'
import { givenSocketOf } from '../websocket/registry.ts'
import { finishTask, isFinal } from './finish.ts'
import { tryReturn } from './returned.ts'

const DEFAULT_TYPE = 'content-type\ntext/plain;charset=UTF-8\n'

export function respond(task: TaskScope, value: unknown): void {
  if (task.answered || task.ended) return
  setCurrentTask(task)
  const state = responseStateOf(value)
  if (state === undefined) return fail(task, notAResponse(value), 'NOT_A_RESPONSE')
  const { body, status } = state
  if (status === 0)
    return fail(task, new TypeErrorConstructor('The handler returned Response.error().'), 'NOT_A_RESPONSE')
  if (body !== undefined && isUnusable(body)) {
    const error = new TypeErrorConstructor(
      'The body of the returned Response was already read, or its stream is locked.',
    )
    return fail(task, error, 'RESPONSE_BODY_USED')
  }
  const headers = packHeaders(state)
  if (state.webSocket !== undefined) return respondWithSocket(task, state, headers)
  if (body === undefined) return respondWhole(task, state, headers, undefined)
  const { content } = body
  body.taken = true
  // A stream that was only looked at, and came from text, bytes or the host, need not be pumped.
  if (isHostSource(content)) return respondFromSource(task, { state, headers, source: content.source })
  if (content !== undefined) return respondWhole(task, state, headers, content)
  respondByStream(task, state, headers, body)
}

function respondWhole(
  task: TaskScope,
  state: ResponseState,
  headers: string,
  content: string | Uint8Array | undefined,
): void {
  task.answered = true
  if (isFinal(task)) {
    closeTask(task)
    const returnable = typeof content === 'string' && state.statusText === ''
    if (returnable && tryReturn(task.id, { status: state.status, headers, body: content })) return
    hostCall(OP.respond, task.id, packStatus(state), headers, content, RESPONSE.final)
  } else {
    hostCall(OP.respond, task.id, packStatus(state), headers, content, 0)
  }
}

function respondWithSocket(task: TaskScope, state: ResponseState, headers: string): void {
  let socket: number | undefined
  try {
    socket = givenSocketOf(state.webSocket)?.give(task)
  } catch (error) {
    return fail(task, error)
  }
  task.answered = true
  hostCall(OP.respond, task.id, packStatus(state), headers, socket, RESPONSE.socket)
  finishTask(task)
}

function respondFromSource(
  task: TaskScope,
  { state, headers, source }: { state: ResponseState; headers: string; source: number },
): void {
  task.answered = true
  hostCall(OP.respond, task.id, packStatus(state), headers, source, RESPONSE.source)
  // The host passes the body on and ends the task itself when that is done; until then waitUntil may go on.
  finishTask(task)
}

function respondByStream(task: TaskScope, state: ResponseState, headers: string, body: Body): void {
  task.answered = true
  task.waiting += 1
  const length = streamLength(body.stream as ReadableStream)
  hostCall(OP.respond, task.id, packStatus(state), headers, length, RESPONSE.stream)
  const end = (error?: string): void => {
    task.waiting -= 1
    if (task.ended) return
    hostCall(OP.finish, task.id, error)
    finishTask(task)
  }
  const target = { write: OP.write, drained: OP.drained, id: task.id, task } as const
  const { done, cancel } = pumpStream(body.stream as ReadableStream, target)
  PromisePrototypeThen(
    done,
    () => end(),
    (error) => end(describeError(error)),
  )
  if (task.aborted) cancel()
  else task.cancelBody = cancel
}

/** An execute task's value, or the end of a scheduled one. */
export function answer(task: TaskScope, value: unknown): void {
  if (task.answered || task.ended) return
  setCurrentTask(task)
  let text: string | undefined
  try {
    text = JSONStringify(value)
  } catch (error) {
    return fail(task, error, 'OUTPUT_NOT_SERIALIZABLE')
  }
  if (text === undefined && value !== undefined) {
    return fail(task, new TypeErrorConstructor(`A ${typeof value} is not JSON.`), 'OUTPUT_NOT_SERIALIZABLE')
  }
  task.answered = true
  const final = isFinal(task)
  if (final) closeTask(task)
  hostCall(OP.result, task.id, text, final ? RESPONSE.final : 0)
}

export function fail(task: TaskScope, error: unknown, code: ErrorCode = 'WORKER_EXCEPTION'): void {
  if (task.answered || task.ended) return
  setCurrentTask(task)
  task.answered = true
  const text = describeError(error)
  const final = isFinal(task)
  if (final) closeTask(task)
  hostCall(OP.failed, task.id, text, code, final ? RESPONSE.final : 0)
}

function notAResponse(value: unknown): Error {
  const what = value === null ? 'null' : ArrayIsArray(value) ? 'an array' : `a value of type ${typeof value}`
  return new ErrorConstructor(`The fetch handler returned ${what} instead of a Response.`)
}

function packStatus(state: ResponseState): number | string {
  return state.statusText === '' ? state.status : `${state.status} ${state.statusText}`
}

function packHeaders(state: ResponseState): string {
  if (state.headers !== undefined) return headerListOf(state.headers).pack()
  if (state.impliedType === undefined) return ''
  return state.impliedType === 'text/plain;charset=UTF-8' ? DEFAULT_TYPE : `content-type\n${state.impliedType}\n`
}
