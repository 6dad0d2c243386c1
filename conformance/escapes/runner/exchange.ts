// One connection to the data port: sends what an attack says, byte by byte, and tells how that ended.
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { AttackRequest, Ending, Exchange, HttpRequest, SocketStep } from '../attack.ts'
import { parseResponses, type Response } from './response.ts'

/** Enough to see that a stream does not end. */
const MOST_BYTES = 8 * 1024 * 1024

export interface Target {
  readonly port: number
  readonly host: string
  /** Host header of a worker of another tenant. */
  readonly neighbour: string
  /** The time is up: whatever is not answered then, will not be. */
  readonly signal: AbortSignal
}

/** All copies of a request at once. */
export function sendRequest(target: Target, request: AttackRequest): Promise<Exchange[]> {
  const isHead = 'steps' in request ? request.steps.some(isHeadRequest) : request.method === 'HEAD'
  const steps = 'steps' in request ? request.steps : httpSteps(request)
  const isRead = 'steps' in request || request.reads !== false
  return Promise.all(Array.from({ length: request.times ?? 1 }, () => exchange(target, steps, { isHead, isRead })))
}

function isHeadRequest(step: SocketStep): boolean {
  return 'send' in step && step.send.startsWith('HEAD ')
}

function httpSteps({ method = 'GET', path = '/', headers = {}, body, leaveAfterMs }: HttpRequest): SocketStep[] {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries({ connection: 'close', ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  const send = `${method} ${path} HTTP/1.1\r\nHost: {host}\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
  return leaveAfterMs === undefined ? [{ send }] : [{ send }, { pauseMs: leaveAfterMs }, { leave: true }]
}

async function exchange(
  target: Target,
  steps: readonly SocketStep[],
  { isHead, isRead }: { readonly isHead: boolean; readonly isRead: boolean },
): Promise<Exchange> {
  const startedMs = performance.now()
  const socket = connect(target.port, '127.0.0.1')
  const received: Buffer[] = []
  let isClosed = false
  let hasLeft = false
  const over = new Promise<void>((resolve) => {
    let bytes = 0
    const leave = (): void => {
      hasLeft = true
      resolve()
    }
    if (isRead) {
      socket.on('data', (data: Buffer) => {
        received.push(data)
        bytes += data.length
        if (bytes > MOST_BYTES) leave()
      })
    }
    socket.on('error', () => undefined)
    socket.on('close', () => {
      isClosed = !hasLeft
      resolve()
    })
    if (target.signal.aborted) resolve()
    target.signal.addEventListener('abort', () => resolve(), { once: true })
    void play(socket, steps, target).then((left) => left && leave())
  })
  await over
  socket.destroy()
  const raw = Buffer.concat(received).toString('latin1')
  const responses = parseResponses(raw, { isClosed, toHead: isHead })
  return {
    ending: endingOf(responses[0], { isClosed, hasLeft }),
    tookMs: performance.now() - startedMs,
    responses,
    raw,
  }
}

/** Returns whether the script ends by leaving. */
async function play(socket: Socket, steps: readonly SocketStep[], target: Target): Promise<boolean> {
  for (const step of steps) {
    if ('leave' in step) return true
    if ('pauseMs' in step) {
      await delay(step.pauseMs)
      continue
    }
    const text = step.send.replaceAll('{host}', target.host).replaceAll('{neighbour}', target.neighbour)
    for (let count = step.times ?? 1; count > 0 && !socket.destroyed; count -= 1) {
      if (!socket.write(text, 'latin1')) await hasRoom(socket)
    }
  }
  return false
}

function hasRoom(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve)
    socket.once('close', () => resolve())
  })
}

/** The codes of `docs/errors.md` a client can see, with the outcomes they stand for. */
const OUTCOME_OF_CODE: Readonly<Record<string, Ending>> = {
  WORKER_NOT_FOUND: 'notFound',
  INVALID_REQUEST: 'invalidRequest',
  LOAD_FAILED: 'loadFailed',
  NO_HANDLER: 'exception',
  WORKER_EXCEPTION: 'exception',
  NOT_A_RESPONSE: 'exception',
  RESPONSE_BODY_USED: 'exception',
  RESPONSE_TOO_LARGE: 'exception',
  CPU_LIMIT: 'exceededCpu',
  MEMORY_LIMIT: 'exceededMemory',
  WALL_TIME_LIMIT: 'exceededWallTime',
  REQUEST_TOO_LARGE: 'tooLarge',
  HEADERS_TOO_LARGE: 'tooLarge',
  QUEUE_FULL: 'loadShed',
  POOL_EXHAUSTED: 'loadShed',
  RUNTIME_CLOSED: 'loadShed',
  RECYCLED: 'recycled',
  HOST_LOST: 'hostLost',
  QUARANTINED: 'quarantined',
}

function endingOf(
  response: Response | undefined,
  { isClosed, hasLeft }: { isClosed: boolean; hasLeft: boolean },
): Ending {
  if (response === undefined) return hasLeft ? 'canceled' : isClosed ? 'hostLost' : 'unanswered'
  // Not HTTP: whatever came, it was no response.
  if (response.status === 0) return 'cut'
  if (!response.isComplete) return hasLeft ? 'canceled' : isClosed ? 'cut' : 'unanswered'
  if (response.status < 400) return 'ok'
  return OUTCOME_OF_CODE[errorCode(response.body)] ?? 'ok'
}

function errorCode(body: string): string {
  try {
    return String((JSON.parse(body) as { error?: { code?: unknown } } | null)?.error?.code)
  } catch {
    return ''
  }
}
