// Acts on what a guest answered, once the entry is over: checks it against the limits and gives it to the caller.
import { unpackError } from '../bridge/error-text.ts'
import type { Crossing } from '../bridge/entries.ts'
import { unpackHeaders } from '../bridge/header-text.ts'
import { RESPONSE } from '../bridge/ops.ts'
import type { ErrorCode } from '../errors.ts'
import { limitBytes } from '../ops/limit-bytes.ts'
import type { Outcome } from '../outcome.ts'
import type { ByteSource, HeaderList, ResponseHead, TaskError } from '../task.ts'
import type { Answer } from './call-target.ts'
import type { GuestSockets } from './guest-sockets.ts'
import {
  canceledError,
  responseHeadersTooLargeError,
  responseTooLargeError,
  streamTooLargeError,
} from './limit-errors.ts'
import type { OpTable } from './op-table.ts'
import type { ResponseStreams } from './response-streams.ts'
import type { TaskRun } from './task-run.ts'

/** What answers act on. */
export interface AnswerTarget {
  readonly ops: OpTable
  readonly sockets: GuestSockets
  readonly streams: ResponseStreams
  /** The run lives on as long as its WebSocket. Returns why it may not. */
  park(run: TaskRun): ParkRefusal | undefined
  /** Nothing of the run is left in the guest or on its way to the caller. */
  settle(run: TaskRun): void
}

export interface ParkRefusal {
  readonly outcome: Outcome
  readonly error: TaskError
}

export function applyAnswer(target: AnswerTarget, run: TaskRun, answer: Answer): void {
  if (run.state === 'ended') return
  switch (answer.type) {
    case 'response':
      applyResponse(target, run, answer)
      return afterAnswer(target, run, answer.flags)
    case 'result':
      run.bytesOut += answer.output?.length ?? 0
      run.answer(answer.output === undefined ? {} : { output: answer.output })
      return afterAnswer(target, run, answer.flags)
    case 'failed':
      run.fail('exception', describeFailure(run, answer.error, answer.code))
      return afterAnswer(target, run, answer.flags)
    case 'finish':
      return applyFinish(target, run, answer.error)
    case 'settled':
      run.guestSettled = true
      // A body that is passed on may take its time.
      run.clearDeadline()
      return endIfDone(target, run)
  }
}

function afterAnswer(target: AnswerTarget, run: TaskRun, flags: number): void {
  if ((flags & RESPONSE.final) !== 0) run.guestSettled = true
  if ((flags & RESPONSE.stream) === 0) expectSettled(run)
  endIfDone(target, run)
}

/** From here on only `waitUntil` keeps the run open. */
function expectSettled(run: TaskRun): void {
  if (run.guestSettled || run.state === 'ended' || run.isParked) return
  run.setDeadline(performance.now() - run.acceptedMs + run.prepared.limits.waitUntilMs)
}

/** A WebSocket of the run has closed: with its client's, what is left is `waitUntil`. */
export function afterSocket(target: AnswerTarget, run: TaskRun): void {
  if (!run.isParked || run.state === 'ended') return
  for (const { holdsRun } of run.sockets ?? []) if (holdsRun) return
  run.bodyOpen = false
  if (!run.guestSettled) run.setDeadline(performance.now() - run.acceptedMs + run.prepared.limits.waitUntilMs)
  endIfDone(target, run)
}

function endIfDone(target: AnswerTarget, run: TaskRun): void {
  if (run.guestSettled && !run.bodyOpen) target.settle(run)
}

function applyResponse(target: AnswerTarget, run: TaskRun, answer: Extract<Answer, { type: 'response' }>): void {
  const { body, flags, headers: headerText, status, statusText } = answer
  // The caller left before; nobody reads the body.
  if (run.state === 'answered') return dropBody(target, run, answer)
  const { responseHeaderBytes, responseBodyBytes } = run.prepared.limits
  if (headerText.length > responseHeaderBytes) {
    run.fail('exception', responseHeadersTooLargeError(headerText.length, responseHeaderBytes))
    return dropBody(target, run, answer)
  }
  const response: ResponseHead = { status, statusText, headers: parseHeaders(headerText) }
  if ((flags & RESPONSE.stream) !== 0) {
    return run.answer({ response: withLength(response, body), body: target.streams.open(run) })
  }
  if ((flags & RESPONSE.socket) !== 0) return applySocket(target, run, response, Number(body))
  if ((flags & RESPONSE.source) !== 0) {
    const source = typeof body === 'number' ? target.ops.takeSource(body) : undefined
    if (source === undefined) {
      const message = 'The body of the response belongs to another task, or was already read.'
      return run.fail('exception', { code: 'RESPONSE_BODY_USED', message })
    }
    run.bodyOpen = true
    return run.answer({ response, body: passThrough(target, run, source) })
  }
  if (body === undefined) return run.answer({ response })
  const content = body instanceof ArrayBuffer ? new Uint8Array(body) : (body as string | Uint8Array)
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  if (size > responseBodyBytes) {
    return run.fail('exception', responseTooLargeError(size, responseBodyBytes))
  }
  run.bytesOut += size
  run.answer({ response, body: content })
}

function withLength(response: ResponseHead, length: Crossing): ResponseHead {
  const isLength = typeof length === 'number' && Number.isSafeInteger(length) && length >= 0
  return isLength ? { ...response, bodyLength: length } : response
}

function applySocket(target: AnswerTarget, run: TaskRun, response: ResponseHead, id: number): void {
  const socket = target.sockets.handOver(run, id)
  if (socket === undefined) {
    const message = 'The WebSocket of the response belongs to another task, or is closed.'
    return run.fail('exception', { code: 'RESPONSE_BODY_USED', message })
  }
  const refusal = target.park(run)
  if (refusal === undefined) return run.answer({ response, socket })
  run.bodyOpen = false
  run.fail(refusal.outcome, refusal.error)
  target.sockets.get(id)?.shut(1013, refusal.error.code)
}

/** The guest would write on and wait for a reader. A source is given up with the run. */
function dropBody(target: AnswerTarget, run: TaskRun, { body, flags }: Extract<Answer, { type: 'response' }>): void {
  if ((flags & RESPONSE.stream) !== 0) target.streams.open(run).cancel()
  if ((flags & RESPONSE.socket) !== 0) target.sockets.get(Number(body))?.shut(1001, 'The client went away.')
}

/** A body that the guest never touched goes from where it comes from straight to the caller. */
function passThrough(target: AnswerTarget, run: TaskRun, source: ByteSource): ByteSource {
  const done = (): void => {
    if (!run.bodyOpen) return
    run.bodyOpen = false
    endIfDone(target, run)
  }
  const { responseBodyBytes } = run.prepared.limits
  const limited = limitBytes(source, {
    maxBytes: responseBodyBytes,
    exceeded: () => {
      const error = streamTooLargeError(responseBodyBytes)
      run.fail('exception', error)
      return new Error(error.message)
    },
  })
  return {
    async read() {
      try {
        const chunk = await limited.read()
        if (chunk === undefined) done()
        else run.bytesOut += chunk.byteLength
        return chunk
      } catch (error) {
        run.fail('exception', { code: 'WORKER_EXCEPTION', message: 'The body that was passed on broke off.' })
        done()
        throw error
      }
    },
    cancel(reason) {
      limited.cancel(reason)
      if (run.bodyOpen) run.fail('canceled', canceledError())
      done()
    },
  }
}

function applyFinish(target: AnswerTarget, run: TaskRun, errorText: string | undefined): void {
  if (errorText === undefined) {
    target.streams.finish(run)
  } else {
    const error = describeFailure(run, errorText, 'WORKER_EXCEPTION')
    run.fail('exception', error)
    target.streams.finish(run, new Error(error.message))
  }
  expectSettled(run)
}

/** A worker's error as people see it: its own words, its own stack. */
export function describeFailure(run: TaskRun, errorText: string, code: ErrorCode): TaskError {
  const { name, message, stack } = unpackError(errorText)
  return {
    code,
    name,
    message: message === '' ? name : message,
    ...(stack === '' ? {} : { stack: run.prepared.mapStack(stack) }),
  }
}

/** Most workers send the same few header lists; parsing each again would cost more than the rest of a small response. */
const parsedHeaders = new Map<string, HeaderList>()
const MAX_PARSED = 512
const MAX_PARSED_LENGTH = 512

function parseHeaders(text: string): HeaderList {
  if (text === '') return []
  const known = parsedHeaders.get(text)
  if (known !== undefined) return known
  const headers = unpackHeaders(text)
  if (text.length <= MAX_PARSED_LENGTH) {
    if (parsedHeaders.size >= MAX_PARSED) parsedHeaders.clear()
    parsedHeaders.set(text, headers)
  }
  return headers
}
