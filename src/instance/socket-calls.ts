// What the guest may do with WebSockets, one function per op.
import { type Crossing, SOCKET_EVENT, ENTRY } from '../bridge/entries.ts'
import { packFetchHead } from '../bridge/fetch-head.ts'
import { packHeaders, unpackHeaders } from '../bridge/header-text.ts'
import { OP, type OpCode } from '../bridge/ops.ts'
import { byteLengthOf, CUT_OFF, type SocketData } from '../message-socket.ts'
import type { SocketAnswer, SocketRequest } from '../ops/websocket/open-websocket.ts'
import type { CallTarget } from './call-target.ts'
import { failureText } from './op-failure.ts'
import { countSubrequest, subrequestLimitText } from './subrequests.ts'
import type { TaskRun } from './task-run.ts'

export function answerSocketCall(
  target: CallTarget,
  [op, id, a, b]: readonly [OpCode, number, Crossing, Crossing],
): Crossing {
  switch (op) {
    case OP.socketConnect:
      return connect(target, id, { url: String(a), protocols: lines(String(b)), headers: [] })
    case OP.socketServe:
      return serve(target, id, Number(a))
    case OP.socketSend:
      return send(target, id, a)
    case OP.socketClose:
      return target.sockets.get(id)?.close(toCode(a), String(b).slice(0, 123)) as undefined
    case OP.socketAccept:
      return target.sockets.get(id)?.accept() as undefined
    case OP.socketBuffered:
      return target.sockets.get(id)?.bufferedBytes ?? 0
    default:
      return undefined
  }
}

/** A fetch that asks for a WebSocket: an op like any other fetch, and with status 101 a socket of the op's number. */
export function startSocketFetch(
  target: CallTarget,
  run: TaskRun,
  { id, url, headers: text }: { readonly id: number; readonly url: string; readonly headers: string },
): string | undefined {
  const refusal = refusalOf(target, run, id)
  if (refusal !== undefined) return refusal
  const headers = unpackHeaders(text)
  const asked = headers.filter(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
  const protocols = asked.flatMap(([, value]) => value.split(',').map((protocol) => protocol.trim()))
  const abort = new AbortController()
  target.ops.add(id, run, () => abort.abort())
  open(target, run, { url, protocols: protocols.filter(Boolean), headers }, abort.signal).then(
    (answer) => {
      if (!target.ops.has(id)) return giveUp(answer)
      deliverFetch(target, run, { id, url, answer, abort })
    },
    (error: unknown) => target.deliver(id, { ok: false, first: failureText(error) }),
  )
}

function deliverFetch(
  target: CallTarget,
  run: TaskRun,
  { id, url, answer, abort }: { id: number; url: string; answer: SocketAnswer; abort: AbortController },
): void {
  const { response } = answer
  let source = 0
  if (answer.type === 'refused') source = target.ops.addSource(run, answer.body)
  else target.sockets.add(run, { id, kind: 'client', cancel: () => abort.abort() }).connect(answer.socket)
  const first = packFetchHead({ ...response, statusText: oneLine(response.statusText), url, redirected: false, source })
  target.deliver(id, { ok: true, first, second: packHeaders(response.headers) })
}

function connect(target: CallTarget, id: number, request: SocketRequest): string | undefined {
  const run = target.entered
  if (run === undefined || run.state === 'ended') return 'Error\nThe task that opens this WebSocket has ended.'
  const refusal = refusalOf(target, run, id)
  if (refusal !== undefined) return refusal
  const abort = new AbortController()
  const socket = target.sockets.add(run, { id, kind: 'client', cancel: () => abort.abort() })
  open(target, run, request, abort.signal).then(
    (answer) => {
      if (target.sockets.get(id) !== socket || answer.type === 'refused') {
        giveUp(answer)
        socket.closed({ code: CUT_OFF, reason: '', wasClean: false })
      } else {
        socket.connect(answer.socket)
        target.enterFor(run, { kind: ENTRY.socket, id, a: SOCKET_EVENT.open, b: answer.protocol })
      }
      socket.accept()
    },
    // Why is nothing a script may know. https://websockets.spec.whatwg.org/#feedback-from-the-protocol
    () => {
      socket.closed({ code: CUT_OFF, reason: '', wasClean: false })
      socket.accept()
    },
  )
}

function serve(target: CallTarget, id: number, task: number): string | undefined {
  const run = target.runById(task)
  if (run?.task.type !== 'fetch' || run.state === 'ended') return 'Error\nThe task of this WebSocket has ended.'
  const refusal = socketLimitText(target, run, id)
  if (refusal !== undefined) return refusal
  target.sockets.serve(run, id)
}

function send(target: CallTarget, id: number, data: Crossing): string | undefined {
  const socket = target.sockets.get(id)
  const message: SocketData | undefined = data instanceof ArrayBuffer ? new Uint8Array(data) : toData(data)
  if (socket === undefined || message === undefined) return undefined
  const { webSocketMessageBytes } = socket.run.prepared.limits
  const bytes = byteLengthOf(message)
  if (bytes > webSocketMessageBytes) {
    return `Error\nWebSocket message limit: the message has ${bytes} bytes of the ${webSocketMessageBytes} it may have. Send less, or raise the limit "webSocketMessageBytes".`
  }
  socket.send(message)
}

function toData(data: Crossing): SocketData | undefined {
  return typeof data === 'string' || data instanceof Uint8Array ? data : undefined
}

function refusalOf(target: CallTarget, run: TaskRun, id: number): string | undefined {
  const refusal = socketLimitText(target, run, id)
  if (refusal !== undefined) return refusal
  return countSubrequest(run) ? undefined : `Error\n${subrequestLimitText(run)}`
}

function socketLimitText(target: CallTarget, run: TaskRun, id: number): string | undefined {
  if (target.sockets.has(id)) return 'Error\nA WebSocket has that number.'
  const { webSockets } = run.prepared.limits
  const count = run.sockets?.size ?? 0
  if (count < webSockets) return undefined
  return `Error\nWebSocket limit: the task has ${count} WebSockets open, as many as it may. Close some before opening more, or raise the limit "webSockets".`
}

function open(
  { services }: CallTarget,
  { prepared }: TaskRun,
  request: SocketRequest,
  signal: AbortSignal,
): Promise<SocketAnswer> {
  const { subrequestBodyBytes, webSocketMessageBytes } = prepared.limits
  const limits = { maxMessageBytes: webSocketMessageBytes, maxBodyBytes: subrequestBodyBytes }
  return services.fetchers.for(prepared.network).openSocket(request, limits, signal)
}

function giveUp(answer: SocketAnswer): void {
  if (answer.type === 'open') answer.socket.close(CUT_OFF, '')
  else answer.body.cancel('nobody wants it')
}

function toCode(code: Crossing): number {
  return typeof code === 'number' && code >= 1000 && code <= 4999 ? code : CUT_OFF
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ')
}
