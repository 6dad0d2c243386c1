// Other kinds of stream as a ByteSource, and back. A ByteSource is pulled, so backpressure is its nature; what an
// adapter adds is that errors arrive at `read`, that `cancel` reaches what is behind, and that nobody is left waiting.
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { ByteSource } from '../task.ts'

export function isByteSource(body: unknown): body is ByteSource {
  return typeof body === 'object' && body !== null && 'read' in body && typeof body.read === 'function'
}

/** One chunk; none for nothing. */
export function fromBytes(body: string | Uint8Array): ByteSource {
  let rest: Uint8Array | undefined = typeof body === 'string' ? Buffer.from(body) : body
  return {
    async read() {
      const chunk = rest
      rest = undefined
      return chunk?.byteLength === 0 ? undefined : chunk
    },
    cancel() {
      rest = undefined
    },
  }
}

export function fromAsyncIterable(chunks: AsyncIterable<Uint8Array | string>): ByteSource {
  const iterator = chunks[Symbol.asyncIterator]()
  return pulled({
    async next() {
      const { done, value } = await iterator.next()
      return done === true ? undefined : typeof value === 'string' ? Buffer.from(value) : value
    },
    stop() {
      // A generator that waits inside `next` takes note of `return` afterwards; its complaints interest nobody.
      iterator.return?.().then(undefined, ignore)
    },
  })
}

/** A Node stream of bytes. Its errors, and its closing before its end, reject the next `read`. */
export function fromReadable(readable: Readable): ByteSource {
  // An error may come before anyone reads; without a listener it would end the process. The iterator still reports it.
  readable.on('error', ignore)
  const iterator: AsyncIterator<Uint8Array | string> = readable[Symbol.asyncIterator]()
  return pulled({
    async next() {
      const { done, value } = await iterator.next()
      return done === true ? undefined : typeof value === 'string' ? Buffer.from(value) : value
    },
    stop() {
      readable.destroy()
    },
  })
}

export function fromWebStream(stream: ReadableStream<Uint8Array>): ByteSource {
  const reader = stream.getReader()
  return pulled({
    async next() {
      return (await reader.read()).value
    },
    stop(reason) {
      reader.cancel(reason).then(undefined, ignore)
    },
  })
}

/** A Node stream that pulls from the source; destroying it cancels the source. */
export function toReadable(source: ByteSource): Readable {
  let ended = false
  return new Readable({
    read() {
      nextChunk(source).then(
        (chunk) => {
          ended = chunk === undefined
          this.push(chunk ?? null)
        },
        (error: unknown) => {
          this.destroy(error instanceof Error ? error : new Error(String(error)))
        },
      )
    },
    destroy(error, callback) {
      if (!ended) source.cancel(error?.message ?? 'the stream was closed')
      callback(error)
    },
  })
}

/** Empty chunks say nothing, and a Node stream given one would not ask again. */
async function nextChunk(source: ByteSource): Promise<Uint8Array | undefined> {
  for (;;) {
    const chunk = await source.read()
    if (chunk === undefined || chunk.byteLength > 0) return chunk
  }
}

interface Puller {
  next(): Promise<Uint8Array | undefined>
  stop(reason: string): void
}

/**
 * Once it is over, nothing behind is asked again: every `read` says "end" after the end or `cancel`, and repeats the
 * error after an error, lest what was cut short pass for complete.
 */
function pulled(puller: Puller): ByteSource {
  let end: 'reached' | 'canceled' | { readonly error: unknown } | undefined
  const atEnd = (): undefined => {
    if (typeof end === 'object') throw end.error
  }
  return {
    async read() {
      if (end !== undefined) return atEnd()
      try {
        const chunk = await puller.next()
        if (chunk === undefined) end ??= 'reached'
        else if (end === undefined) return chunk
      } catch (error) {
        // What complains about being canceled complains to someone who has left.
        end ??= { error }
      }
      return atEnd()
    },
    cancel(reason) {
      if (end !== undefined) return
      end = 'canceled'
      puller.stop(reason)
    },
  }
}

function ignore(): void {}
