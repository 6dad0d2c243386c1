// fetch(): the request is made by the host. https://fetch.spec.whatwg.org/#fetch-method
import { OP } from '../../bridge/ops.ts'
import { unpackFetchHead } from '../../bridge/fetch-head.ts'
import { type AbortSignal, abortSignalAddAlgorithm, abortSignalRemoveAlgorithm } from '../dom/abort.ts'
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import {
  PromiseConstructor,
  PromisePrototypeThen,
  PromiseReject,
  PromiseResolve,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
} from '../primordials.ts'
import { describeError } from '../runtime/describe-error.ts'
import { hostCall } from '../runtime/host.ts'
import {
  addPending,
  assertStarted,
  cancelOp,
  endedError,
  errorFromText,
  nextOpId,
  type PendingOp,
} from '../runtime/pending-ops.ts'
import { currentTask, type TaskScope } from '../runtime/task-scope.ts'
import { websockets } from '../websocket/lazy.ts'
import { type Body, bodyOfContent, isHostSource } from './body-content.ts'
import { takeBody } from './body.ts'
import { type Pump, pumpStream } from './body-stream.ts'
import { HeaderList } from './header-list.ts'
import { headerListOf, wrapHeaders } from './headers.ts'
import type * as LocalFetch from './local-fetch.ts'
import { headersOf, Request, type RequestInit, requestStateOf, type RequestState } from './request.ts'
import { type Response, responseFromState } from './response.ts'

const localFetch = lazy(() => loadPart('fetch/local-fetch.ts') as typeof LocalFetch)

/** In place of a body: it follows by `OP.fetchWrite`. Any other number is a source the host reads itself. */
const STREAMED = 0

export function fetch(input: unknown, init?: RequestInit): Promise<Response> {
  return fetchThrough(undefined, input, init)
}

/** @param binding - what the request goes through; undefined: the network */
export function fetchThrough(binding: string | undefined, input: unknown, init?: RequestInit): Promise<Response> {
  try {
    const state = requestStateOf(new Request(input, init)) as RequestState
    const signal = typeof state.signal === 'function' ? undefined : state.signal
    if (signal?.aborted === true) return rejectAborted(state, signal)
    const isRemote = binding !== undefined || StringPrototypeStartsWith(state.url, 'http')
    const response = isRemote ? undefined : localFetch().fetchLocally(state)
    if (response !== undefined) return PromiseResolve(response)
    return send(state, { signal, binding })
  } catch (error) {
    return PromiseReject(error)
  }
}

function rejectAborted({ body }: RequestState, { reason }: AbortSignal): Promise<never> {
  // What the stream's own `cancel` does, or fails at, is its own affair.
  if (body?.stream !== undefined) PromisePrototypeThen(body.stream.cancel(reason), undefined, () => undefined)
  return PromiseReject(reason)
}

interface Sending {
  readonly signal: AbortSignal | undefined
  readonly binding: string | undefined
}

function send(request: RequestState, { binding, signal }: Sending): Promise<Response> {
  const task = currentTask
  return new PromiseConstructor<Response>((resolve, reject) => {
    if (task?.ended === true) throw endedError(task)
    const id = nextOpId()
    const list = headerListOf(headersOf(request))
    const headers = list.packForRequest()
    const { method, options, redirect, url } = request
    const asksForSocket = binding === undefined && method === 'GET' && isWebSocket(list.get('upgrade'))
    const body = toHostBody(request.body)
    assertStarted(
      asksForSocket
        ? hostCall(OP.socketFetch, id, url, headers)
        : hostCall(OP.fetch, id, `${method}\n${redirect}\n${url}\n${options.integrity}`, headers, body, binding),
    )

    let pump: Pump | undefined
    const onAbort = (): void => {
      cancelOp(op)
      reject(signal?.reason)
      pump?.cancel()
    }
    const close = (): void => {
      if (signal !== undefined) abortSignalRemoveAlgorithm(signal, onAbort)
    }
    const op: PendingOp = {
      id,
      task,
      settle(ok, first, second) {
        close()
        if (ok) resolve(toResponse(first as string, second as string, signal, asksForSocket ? id : 0))
        else reject(errorFromText(first as string))
      },
      abandon() {
        close()
        reject(endedError(task))
      },
    }
    addPending(op)
    if (signal !== undefined) abortSignalAddAlgorithm(signal, onAbort)
    if (body === STREAMED) pump = pumpRequestBody(request.body as Body, { id, task })
  })
}

function toHostBody(body: Body | undefined): string | Uint8Array | number | undefined {
  if (body === undefined) return undefined
  takeBody(body)
  if (body.stream !== undefined) return STREAMED
  return isHostSource(body.content) ? body.content.source : body.content
}

/** What is written after the request was given up, the host drops. */
function pumpRequestBody(body: Body, { id, task }: { id: number; task: TaskScope | undefined }): Pump {
  const target = { write: OP.fetchWrite, drained: OP.fetchDrained, id, task } as const
  const pump = pumpStream(body.stream as never, target)
  PromisePrototypeThen(
    pump.done,
    () => void hostCall(OP.fetchWrite, id),
    (error) => void hostCall(OP.fetchWrite, id, undefined, describeError(error)),
  )
  return pump
}

function isWebSocket(upgrade: string | null): boolean {
  return upgrade !== null && StringPrototypeToLowerCase(upgrade) === 'websocket'
}

/** @param socket - the number of the WebSocket that was asked for; 0 where none was */
function toResponse(head: string, headers: string, signal: AbortSignal | undefined, socket: number): Response {
  const { source, status, statusText, redirected, url } = unpackFetchHead(head)
  if (source !== 0 && signal !== undefined) {
    const cancel = (): void => void hostCall(OP.cancelSource, source, 'The request was aborted.')
    abortSignalAddAlgorithm(signal, cancel)
    // The signal may outlive the task by far.
    currentTask?.addCleanup(() => abortSignalRemoveAlgorithm(signal, cancel))
  }
  const list = HeaderList.unpack(headers)
  const isSocket = socket !== 0 && status === 101
  const protocol = isSocket ? (list.get('sec-websocket-protocol') ?? '') : ''
  return responseFromState({
    status,
    statusText,
    headers: wrapHeaders(list, 'immutable'),
    webSocket: isSocket ? websockets().fetchedSocket(socket, { protocol, task: currentTask }) : undefined,
    impliedType: undefined,
    body: source === 0 ? undefined : bodyOfContent({ source, signal }),
    url: withoutFragment(url),
    redirected,
    type: 'basic',
  })
}

/** `Response.url` never shows one. */
function withoutFragment(url: string): string {
  const hash = StringPrototypeIndexOf(url, '#')
  return hash < 0 ? url : StringPrototypeSlice(url, 0, hash)
}
