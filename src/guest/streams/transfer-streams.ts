// Streams that are transferred. There is one realm only, so no port lies between: what takes the place of a stream reads from
// it, or writes to it, and passes clones of its chunks. https://streams.spec.whatwg.org/#rs-transfer
import {
  ReadableStream,
  type ReadableStreamDefaultReader,
  TransformStream,
  WritableStream,
  type WritableStreamDefaultWriter,
} from 'web-streams-polyfill'
import { cannotClone } from '../clone/clone-error.ts'
import { structuredClone } from '../clone/structured-clone.ts'
import type { Transfer } from '../clone/transfers.ts'
import {
  ObjectDefineProperty,
  ObjectPrototypeHasOwnProperty,
  WeakMapConstructor,
  WeakMapPrototypeGet,
  WeakMapPrototypeSet,
} from '../primordials.ts'

/** Takes hold of the stream that goes. */
type Connect = () => void

const connects = new WeakMapConstructor<object, Connect>()

export const streamTransfer: Transfer = {
  isOne: (value) =>
    isMade(value, ReadableStream, '_readableStreamController') ||
    isMade(value, WritableStream, '_writableStreamController') ||
    isMade(value, TransformStream, '_transformStreamController'),
  make(from) {
    if (from instanceof ReadableStream) return from.locked ? refuse(from) : readableFor(from)
    if (from instanceof WritableStream) return from.locked ? refuse(from) : writableFor(from)
    return transformFor(from as TransformStream)
  },
  move: (_from, to) => WeakMapPrototypeGet(connects, to)?.(),
  isListed: false,
}

/** Not only an object with the prototype: the constructor ran. */
function isMade(value: unknown, type: abstract new () => object, field: string): boolean {
  return value instanceof type && ObjectPrototypeHasOwnProperty(value, field)
}

function refuse(stream: object): never {
  throw cannotClone(stream)
}

function readableFor(from: ReadableStream): ReadableStream {
  let reader: ReadableStreamDefaultReader | undefined
  const source = {
    __proto__: null,
    async pull(controller: { enqueue(chunk: unknown): void; close(): void }) {
      const step = await reader?.read()
      if (step === undefined || step.done) controller.close()
      else controller.enqueue(structuredClone(step.value))
    },
    cancel: (reason: unknown) => reader?.cancel(reason),
  }
  const to = new ReadableStream(source as object, { __proto__: null, highWaterMark: 0 } as object)
  WeakMapPrototypeSet(connects, to, () => {
    // By another one of those that are transferred with it.
    if (from.locked) refuse(from)
    reader = from.getReader()
  })
  return to
}

function writableFor(from: WritableStream): WritableStream {
  let writer: WritableStreamDefaultWriter | undefined
  const sink = {
    __proto__: null,
    write: (chunk: unknown) => writer?.write(structuredClone(chunk)),
    close: () => writer?.close(),
    abort: (reason: unknown) => writer?.abort(reason),
  }
  const to = new WritableStream(sink as object, { __proto__: null, highWaterMark: 1 } as object)
  WeakMapPrototypeSet(connects, to, () => {
    if (from.locked) refuse(from)
    writer = from.getWriter()
  })
  return to
}

function transformFor(from: TransformStream): TransformStream {
  const { readable, writable } = from
  if (readable.locked || writable.locked) refuse(from)
  const ends = { readable: readableFor(readable), writable: writableFor(writable) }
  const bare = { __proto__: null } as object
  const to = new TransformStream(bare, bare, bare)
  // The accessors of the class read these fields of its library.
  for (const name of ['readable', 'writable'] as const) {
    ObjectDefineProperty(to, `_${name}`, { __proto__: null, value: ends[name], writable: true } as PropertyDescriptor)
  }
  WeakMapPrototypeSet(connects, to, () => {
    WeakMapPrototypeGet(connects, ends.readable)?.()
    WeakMapPrototypeGet(connects, ends.writable)?.()
  })
  return to
}
