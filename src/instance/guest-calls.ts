// What the guest may call, one function per op. Called from inside an entry: each records or starts something and
// returns; results of work are delivered by entries of their own. Nothing here may throw into the guest, whose tenant
// would see host paths, so the one caller (`answerGuest`) catches everything.
import { randomFillSync } from 'node:crypto'
import type { Crossing } from '../bridge/entries.ts'
import { LOG_FULL, LOG_LEVELS, OP, type OpCode, RESPONSE } from '../bridge/ops.ts'
import { unpackReturned } from '../bridge/returned-answer.ts'
import { ERROR_CODES, type ErrorCode } from '../errors.ts'
import { domainToAscii } from '../ops/domain-to-ascii.ts'
import { encodingTables } from '../ops/encoding-tables.ts'
import type { Answer, CallTarget } from './call-target.ts'
import { compareBytes, cryptoSupports, releaseKey, startCryptoCall } from './crypto-calls.ts'
import { openCodec, runCodec } from './codecs.ts'
import { packRequestHeaders } from './incoming-request.ts'
import { answerSocketCall, startSocketFetch } from './socket-calls.ts'
import { cancelSource, readSource } from './source-reads.ts'
import { startSubrequest, writeSubrequestBody } from './subrequests.ts'
import { addLogLine, addUncaught, isLogFull } from './task-log.ts'
import type { TaskRun } from './task-run.ts'

export function answerGuest(
  target: CallTarget,
  [op, id, a, b, c, d]: readonly [OpCode, number, Crossing, Crossing, Crossing, Crossing],
): Crossing {
  target.services.ops.add(op)
  switch (op) {
    case OP.respond:
      return respond(target, id, { status: a, headers: b, body: c, flags: d })
    case OP.write:
      return write(target, id, a)
    case OP.finish:
      return recordFor(target, id, { type: 'finish', error: a === undefined ? undefined : String(a) })
    case OP.result:
      return recordFor(target, id, {
        type: 'result',
        output: a === undefined ? undefined : String(a),
        flags: Number(b),
      })
    case OP.failed:
      return recordFor(target, id, { type: 'failed', error: String(a), code: toErrorCode(b), flags: Number(c) })
    case OP.settled:
      return recordFor(target, id, { type: 'settled' })
    case OP.loaded:
      return target.recordLoad({ type: 'loaded', handlers: String(a) }) as undefined
    case OP.loadFailed:
      return target.recordLoad({ type: 'failed', error: String(a) }) as undefined
    case OP.requestHeaders:
      return requestHeaders(target, id)
    case OP.log:
      return log(target, Number(a), String(b))
    case OP.uncaught:
      return uncaught(target, String(a))
    case OP.listensToRejections:
      target.rejections.isWanted = true
      return undefined
    case OP.preventRejection:
      return target.rejections.prevent() as undefined
    case OP.entropy:
      return randomFillSync(new Uint8Array(4096)).buffer
    case OP.domainToAscii:
      return domainToAscii(String(a))
    case OP.encodingTables:
      return encodingTables()
    case OP.cancelSource:
      return cancelSource(target.ops, id, String(a)) as undefined
    case OP.cancel:
      return target.ops.cancel(id) as undefined
    case OP.fetchWrite:
      return writeSubrequestBody(target.subrequests, id, { chunk: a, error: b })
    case OP.releaseKey:
      return releaseKey(target, id)
    case OP.cryptoSupports:
      return cryptoSupports(target, a, b)
    case OP.timingSafeEqual:
      return compareBytes(a, b)
    case OP.codecOpen:
      return openCodec(target, id, { direction: a, format: b })
    case OP.codecClose:
      return target.codecs.close(id) as undefined
    case OP.socketConnect:
    case OP.socketServe:
    case OP.socketSend:
    case OP.socketClose:
    case OP.socketAccept:
    case OP.socketBuffered:
      return answerSocketCall(target, [op, id, a, b])
    default:
      return startOp(target, [op, id, a, b, c, d])
  }
}

/** Ops with a result: bounded in number, and owned by the run that is entered. */
function startOp(
  target: CallTarget,
  [op, id, a, b, c, d]: readonly [OpCode, number, Crossing, Crossing, Crossing, Crossing],
): Crossing {
  const run = target.entered
  if (run === undefined || run.state === 'ended') return 'Error\nThe task that started this operation has ended.'
  if (target.ops.has(id)) return 'Error\nAn operation has that number.'
  const { concurrentOps } = run.prepared.limits
  if ((run.ops?.size ?? 0) >= concurrentOps) {
    return `Error\nOperation limit: the task has ${concurrentOps} operations under way, as many as it may. Wait for some before starting more, or raise the limit "concurrentOps".`
  }
  switch (op) {
    case OP.turn:
      return startTurn(target, run, id)
    case OP.timer:
      return startTimer(target, run, { id, delayMs: Number(a) })
    case OP.readText:
    case OP.readBytes:
    case OP.readChunk:
      return readSource(target, run, { op, id, source: Number(a) })
    case OP.fetch:
      return startSubrequest(target, run, {
        id,
        line: String(a),
        headers: String(b),
        body: c,
        binding: d === undefined ? undefined : String(d),
      })
    case OP.socketFetch:
      return startSocketFetch(target, run, { id, url: String(a), headers: String(b) })
    case OP.drained:
      return startDrained(target, { id, task: Number(a) })
    case OP.fetchDrained:
      return target.subrequests.onDrained(target, run, { id, fetch: Number(a) })
    case OP.crypto:
      return startCryptoCall(target, run, { id, text: a, data: [b, c], parameters: d })
    case OP.codecFeed:
    case OP.codecNext:
    case OP.codecFinish:
      return runCodec(target, run, { op, id, codec: Number(a), input: b })
    default:
      return 'TypeError\nUnknown operation.'
  }
}

/** The answer to any op of an entry whose time is up. */
export function refuseGuest(op: OpCode): Crossing {
  switch (op) {
    case OP.readText:
    case OP.readBytes:
    case OP.readChunk:
    case OP.timer:
    case OP.turn:
    case OP.fetch:
    case OP.socketConnect:
    case OP.socketFetch:
    case OP.socketServe:
    case OP.socketSend:
    case OP.drained:
    case OP.fetchDrained:
    case OP.crypto:
    case OP.codecOpen:
    case OP.codecFeed:
    case OP.codecNext:
    case OP.codecFinish:
      return 'Error\nThe CPU time of the task is used up.'
    case OP.log:
    case OP.uncaught:
      return LOG_FULL
    default:
      return undefined
  }
}

/** The final answer an entry returned. */
export function readReturned(text: string): Answer {
  const { status, headers, body } = unpackReturned(text)
  return { type: 'response', status, statusText: '', headers, body, flags: RESPONSE.final }
}

function recordFor(target: CallTarget, id: number, answer: Answer): undefined {
  const run = target.runById(id)
  if (run !== undefined) target.record(run, answer)
}

function respond(
  target: CallTarget,
  id: number,
  { status, headers, body, flags }: { status: Crossing; headers: Crossing; body: Crossing; flags: Crossing },
): undefined {
  const text = String(status)
  const space = typeof status === 'number' ? -1 : text.indexOf(' ')
  recordFor(target, id, {
    type: 'response',
    status: typeof status === 'number' ? status : Number.parseInt(text, 10),
    statusText: space < 0 ? '' : text.slice(space + 1),
    headers: headers as string,
    body,
    flags: flags as number,
  })
}

function write(target: CallTarget, id: number, chunk: Crossing): number {
  const run = target.runById(id)
  if (run === undefined || !(chunk instanceof Uint8Array)) return 1
  return target.streams.write(run, chunk) ? 1 : 0
}

function requestHeaders(target: CallTarget, id: number): string {
  const task = target.runById(id)?.task
  return task?.type === 'fetch' ? packRequestHeaders(task.request) : ''
}

function startTimer(target: CallTarget, run: TaskRun, { id, delayMs }: { id: number; delayMs: number }): undefined {
  const timer = setTimeout(() => target.deliver(id, { ok: true }), delayMs)
  target.ops.add(id, run, () => clearTimeout(timer))
}

function startTurn(target: CallTarget, run: TaskRun, id: number): undefined {
  const immediate = setImmediate(() => target.deliver(id, { ok: true }))
  target.ops.add(id, run, () => clearImmediate(immediate))
}

function startDrained(target: CallTarget, { id, task }: { id: number; task: number }): undefined {
  const run = target.runById(task)
  if (run === undefined) return
  target.ops.add(id, run, () => undefined)
  target.streams.whenRoom(run, id)
}

function log(target: CallTarget, level: number, message: string): Crossing {
  const run = target.entered
  if (run === undefined || isLogFull(run)) return LOG_FULL
  const name = LOG_LEVELS[level] ?? 'log'
  addLogLine(target.services, run, { level: name, message, timeMs: Date.now() })
  return isLogFull(run) ? LOG_FULL : undefined
}

function uncaught(target: CallTarget, error: string): Crossing {
  const run = target.entered
  if (run === undefined || isLogFull(run)) return LOG_FULL
  addUncaught(target.services, run, error)
  return isLogFull(run) ? LOG_FULL : undefined
}

function toErrorCode(code: Crossing): ErrorCode {
  return typeof code === 'string' && code in ERROR_CODES ? (code as ErrorCode) : 'WORKER_EXCEPTION'
}
