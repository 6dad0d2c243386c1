// The Streams API on first use: a program that touches no stream never evaluates it.
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import { ObjectPrototypeHasOwnProperty } from '../primordials.ts'
// A type is no import once the types are gone.
import type * as streamsModule from './streams.ts'

type Streams = typeof streamsModule
// oxlint-disable-next-line typescript/no-explicit-any -- chunks of a stream can be anything, as in lib.dom
export type ReadableStream<R = any> = streamsModule.ReadableStream<R>

let loaded: Streams | undefined

export const streams: () => Streams = lazy(() => {
  loaded = loadPart('streams/streams.ts') as Streams
  return loaded
})

export const STREAM_GLOBALS = [
  'ByteLengthQueuingStrategy',
  'CountQueuingStrategy',
  'ReadableByteStreamController',
  'ReadableStream',
  'ReadableStreamBYOBReader',
  'ReadableStreamBYOBRequest',
  'ReadableStreamDefaultController',
  'ReadableStreamDefaultReader',
  'TransformStream',
  'TransformStreamDefaultController',
  'WritableStream',
  'WritableStreamDefaultController',
  'WritableStreamDefaultWriter',
] as const satisfies readonly (keyof Streams)[]

/** Loads nothing: before the group is loaded there are no streams. */
export function isReadableStream(value: unknown): value is ReadableStream {
  return (
    loaded !== undefined &&
    value instanceof loaded.ReadableStream &&
    // Not only an object with the prototype: the constructor ran.
    ObjectPrototypeHasOwnProperty(value, '_readableStreamController')
  )
}

/** Whether the stream is one of bytes. */
export function isByteStream(stream: ReadableStream): boolean {
  const controller = (stream as unknown as { readonly _readableStreamController: unknown })._readableStreamController
  return loaded !== undefined && controller instanceof loaded.ReadableByteStreamController
}

/** Whether the stream was ever read from or canceled. https://streams.spec.whatwg.org/#is-readable-stream-disturbed */
export function isDisturbed(stream: ReadableStream): boolean {
  // The one thing the library keeps to itself that other specifications need.
  return (stream as unknown as { readonly _disturbed: boolean })._disturbed
}
