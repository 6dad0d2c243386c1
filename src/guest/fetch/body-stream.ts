// Bodies as streams: made from what the body is, read to the end, or pumped to the host.
import { OP, type OpCode } from '../../bridge/ops.ts'
import { signalStateOf } from '../dom/signal-state.ts'
import { concatBytes } from '../encoding/concat-bytes.ts'
import { utf8Encode } from '../encoding/utf8.ts'
import {
  ArrayBufferConstructor,
  ArrayPrototypePush,
  PromisePrototypeThen,
  TypedArrayPrototypeGetSymbolToStringTag,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import { startOpOf } from '../runtime/pending-ops.ts'
import { reportException } from '../runtime/report-exception.ts'
import type { TaskScope } from '../runtime/task-scope.ts'
import { type ReadableStream, streams } from '../streams/lazy.ts'
import { type Body, isHostSource } from './body-content.ts'
import { readSource } from './host-source.ts'

/** The body's stream, made on first use. */
export function streamOf(body: Body): ReadableStream {
  if (body.stream !== undefined) return body.stream
  const stream = makeStream(body.taken ? undefined : body.content)
  // What is read as a whole is read through a stream that stays locked.
  if (body.taken) stream.getReader()
  body.stream = stream
  return stream
}

function makeStream(content: Body['content']): ReadableStream {
  const { ReadableStream } = streams()
  if (isHostSource(content)) {
    const { signal, source } = content
    return new ReadableStream({
      type: 'bytes',
      start(controller) {
        const state = signal === undefined ? undefined : signalStateOf(signal)
        const fail = (): void => controller.error(state?.reason)
        if (state?.aborted === true) fail()
        else state?.addAlgorithm(fail)
      },
      pull: (controller) =>
        PromisePrototypeThen(readSource(OP.readChunk, content), (chunk) => {
          if (chunk === undefined) {
            controller.close()
            // A pending BYOB read must be answered, or it waits for ever.
            controller.byobRequest?.respond(0)
          } else {
            controller.enqueue(new Uint8ArrayConstructor(chunk as ArrayBuffer))
          }
        }),
      cancel: (reason) => void hostCall(OP.cancelSource, source, `${reason as string}`),
    })
  }
  let bytes = typeof content === 'string' ? utf8Encode(content) : content
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (bytes !== undefined && bytes.length > 0) controller.enqueue(bytes)
      bytes = undefined
      controller.close()
      controller.byobRequest?.respond(0)
    },
    cancel() {
      bytes = undefined
    },
  })
}

/** All bytes of a stream. Chunks must be Uint8Arrays. */
export async function readAllBytes(stream: ReadableStream): Promise<Uint8Array> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  for (;;) {
    const step = await reader.read()
    if (step.done) break
    ArrayPrototypePush(chunks, assertBytes(step.value))
  }
  if (chunks.length === 1) return chunks[0] as Uint8Array
  return concatBytes(chunks)
}

/** Where a pumped stream goes: the response of a task, or the body of a subrequest. */
interface PumpTarget {
  readonly write: OpCode
  readonly drained: OpCode
  /** Task or op number. */
  readonly id: number
  /** Whose stream it is: a chunk may come while another task is entered. */
  readonly task: TaskScope | undefined
}

export interface Pump {
  /** Settles when the stream has ended, failed, or was canceled. */
  readonly done: Promise<void>
  /** Nobody takes any more: the stream's own `cancel` runs, even where it waits for its next chunk. */
  cancel(): void
}

/** Writes a stream to the host, chunk by chunk, never more than the host has room for. */
export function pumpStream(stream: ReadableStream, { write, drained, id, task }: PumpTarget): Pump {
  const reader = stream.getReader()
  const pump = async (): Promise<void> => {
    for (;;) {
      const step = await reader.read()
      if (step.done) return
      const hasRoom = hostCall(write, id, toChunk(step.value))
      if (hasRoom === 0) await startOpOf(task, drained, id)
    }
  }
  return {
    done: pump(),
    cancel() {
      const reason = new TypeErrorConstructor('Nobody reads this stream any more.')
      PromisePrototypeThen(reader.cancel(reason), undefined, reportException)
    },
  }
}

function assertBytes(value: unknown): Uint8Array {
  if (TypedArrayPrototypeGetSymbolToStringTag(value) === 'Uint8Array') return value as Uint8Array
  throw new TypeErrorConstructor('A body stream must yield Uint8Array chunks.')
}

/** A chunk as the host takes it. Text is allowed as a courtesy: many programs enqueue it. */
function toChunk(value: unknown): Uint8Array {
  if (typeof value === 'string') return utf8Encode(value)
  if (value instanceof ArrayBufferConstructor) return new Uint8ArrayConstructor(value)
  return assertBytes(value)
}
