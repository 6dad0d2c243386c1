// The Streams API is web-streams-polyfill's. Evaluating it takes about a millisecond that most programs never need:
// import this module through `lazy.ts` only.
import { ReadableStream } from 'web-streams-polyfill'
import { addTransfer } from '../clone/transfers.ts'
import { ObjectGetPrototypeOf, ObjectSetPrototypeOf } from '../primordials.ts'
import { streamTransfer } from './transfer-streams.ts'

export {
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} from 'web-streams-polyfill'

// The library makes an %AsyncIteratorPrototype% of its own where it cannot find the engine's.
// It is loaded late: nothing that a tenant has put on Object.prototype may be read here.
const bare = { __proto__: null } as object
const iteratorPrototype = ObjectGetPrototypeOf(new ReadableStream(bare, bare).values(bare)) as object
const generatorPrototype = ObjectGetPrototypeOf(async function* () {}) as { readonly prototype: object }
ObjectSetPrototypeOf(iteratorPrototype, ObjectGetPrototypeOf(generatorPrototype.prototype) as object)

addTransfer(streamTransfer)
