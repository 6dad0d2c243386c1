// The Streams API is web-streams-polyfill's. Evaluating it takes about a millisecond that most programs never need:
// import this module through `lazy.ts` only.
import { ReadableStream } from 'web-streams-polyfill'
import { ObjectGetPrototypeOf, ObjectSetPrototypeOf } from '../primordials.ts'

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
const iteratorPrototype = ObjectGetPrototypeOf(new ReadableStream().values()) as object
const generatorPrototype = ObjectGetPrototypeOf(async function* () {}) as { readonly prototype: object }
ObjectSetPrototypeOf(iteratorPrototype, ObjectGetPrototypeOf(generatorPrototype.prototype) as object)
