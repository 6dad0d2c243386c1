// Tasks and results as they cross a link, and back.
import { isByteSource } from '../../ops/byte-source.ts'
import type { ByteSource, Task, TaskResult } from '../../task.ts'
import { inPieces } from '../../wire/in-pieces.ts'
import type { WireBody, WireResult, WireTask } from '../../wire/task-messages.ts'

/** What a worker wrote at once may be many megabytes, and whoever relays it would do nothing else meanwhile. */
const PIECE_BYTES = 64 * 1024

type Body = string | Uint8Array | ByteSource | undefined

interface Packed<T> {
  readonly value: T
  /** Goes beside the message. */
  readonly bytes: Uint8Array | undefined
  /** Waits to be pulled. */
  readonly source: ByteSource | undefined
}

export function packTask(task: Task): Packed<WireTask> {
  if (task.type !== 'fetch') return { value: task, bytes: undefined, source: undefined }
  const { method, url, headers, body, depth, share } = task.request
  const packed = packBody(body)
  const value = { type: 'fetch', method, url, headers: typeof headers === 'function' ? headers() : headers } as const
  return { ...packed, value: { ...value, body: packed.value, ...optionalOf(depth, share) } }
}

export function unpackTask(task: WireTask, bytes: Uint8Array | undefined, stream: () => ByteSource): Task {
  if (task.type !== 'fetch') return task
  const { method, url, headers, depth, share } = task
  const body = unpackBody(task.body, bytes, stream)
  const optional = { ...(body === undefined ? {} : { body }), ...optionalOf(depth, share) }
  return { type: 'fetch', request: { method, url, headers, ...optional } }
}

function optionalOf(depth: number | undefined, share: number | undefined): { depth?: number; share?: number } {
  return { ...(depth === undefined ? {} : { depth }), ...(share === undefined ? {} : { share }) }
}

export function packResult({ body, socket, ...rest }: TaskResult): Packed<WireResult> {
  const packed = packBody(body)
  const value = { ...rest, body: packed.value }
  if (socket === undefined) return { ...packed, value }
  return { ...packed, value: { ...value, socket: { maxMessageBytes: socket.maxMessageBytes } } }
}

/** @param result - whose WebSocket, where it has one, the caller adds */
export function unpackResult(result: WireResult, bytes: Uint8Array | undefined, stream: () => ByteSource): TaskResult {
  const { body: wireBody, socket: _socket, ...rest } = result
  const body = unpackBody(wireBody, bytes, stream)
  return { ...rest, ...(body === undefined ? {} : { body }) }
}

function packBody(body: Body): Packed<WireBody> {
  if (body === undefined) return { value: { type: 'none' }, bytes: undefined, source: undefined }
  if (typeof body === 'string') return { value: { type: 'text', text: body }, bytes: undefined, source: undefined }
  if (isByteSource(body)) return { value: { type: 'stream' }, bytes: undefined, source: inPieces(body, PIECE_BYTES) }
  return { value: { type: 'bytes' }, bytes: body, source: undefined }
}

function unpackBody(body: WireBody, bytes: Uint8Array | undefined, stream: () => ByteSource): Body {
  switch (body.type) {
    case 'none':
      return undefined
    case 'text':
      return body.text
    case 'bytes':
      return bytes ?? new Uint8Array()
    case 'stream':
      return stream()
  }
}
