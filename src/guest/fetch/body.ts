// Bodies of requests and responses: made from what was given, taken, cloned. https://fetch.spec.whatwg.org/#bodies
import { structuredClone } from '../clone/structured-clone.ts'
import { blobBytes, isBlob } from '../file/blob.ts'
import { StringPrototypeToWellFormed, TypedArrayPrototypeSlice, TypeErrorConstructor } from '../primordials.ts'
import { isByteStream, isDisturbed, isReadableStream, type ReadableStream, streams } from '../streams/lazy.ts'
import { isURLSearchParams } from '../url/url-search-params.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import { type Body, bodyOfContent, isHostSource } from './body-content.ts'
import { streamOf } from './body-stream.ts'
import { isFormData } from './form-data.ts'
import { serializeMultipart } from './multipart.ts'

interface ExtractedBody {
  readonly body: Body
  /** The Content-Type the body implies. */
  readonly type: string | undefined
}

/** https://fetch.spec.whatwg.org/#concept-bodyinit-extract */
export function extractBody(init: unknown): ExtractedBody {
  if (typeof init === 'object' && init !== null) {
    if (isReadableStream(init)) {
      if (init.locked || isDisturbed(init)) {
        throw new TypeErrorConstructor('A stream that is locked or was read from cannot be a body.')
      }
      return { body: { content: undefined, stream: init, taken: false }, type: undefined }
    }
    if (isBufferSource(init)) {
      return { body: bodyOfContent(TypedArrayPrototypeSlice(bytesOf(init)) as Uint8Array), type: undefined }
    }
    if (isBlob(init)) {
      return { body: bodyOfContent(blobBytes(init)), type: init.type === '' ? undefined : init.type }
    }
    if (isFormData(init)) {
      const { bytes, contentType } = serializeMultipart(init)
      return { body: bodyOfContent(bytes), type: contentType }
    }
    if (isURLSearchParams(init)) {
      return { body: bodyOfContent(`${init}`), type: 'application/x-www-form-urlencoded;charset=UTF-8' }
    }
  }
  const text = StringPrototypeToWellFormed(typeof init === 'string' ? init : `${init as string}`)
  return { body: bodyOfContent(text), type: 'text/plain;charset=UTF-8' }
}

export function isUsed(body: Body): boolean {
  return body.taken || (body.stream !== undefined && isDisturbed(body.stream))
}

export function isUnusable(body: Body): boolean {
  return body.taken || (body.stream !== undefined && (body.stream.locked || isDisturbed(body.stream)))
}

/** Claims the body for a reader that takes all of it. */
export function takeBody(body: Body): void {
  if (isUnusable(body)) throw new TypeErrorConstructor('The body was already read, or its stream is locked.')
  body.taken = true
}

/** https://fetch.spec.whatwg.org/#concept-body-clone: both go on independently. */
export function cloneBody(body: Body): Body {
  const { content } = body
  if (body.stream === undefined && typeof content === 'string') return bodyOfContent(content)
  if (body.stream === undefined && content !== undefined && !isHostSource(content)) {
    return bodyOfContent(TypedArrayPrototypeSlice(content) as Uint8Array)
  }
  const stream = streamOf(body)
  const branches = stream.tee()
  body.content = undefined
  body.stream = branches[0] as ReadableStream
  // A byte stream copies its chunks by itself.
  const copied = isByteStream(stream) ? (branches[1] as ReadableStream) : copyChunks(branches[1] as ReadableStream)
  return { content: undefined, stream: copied, taken: false }
}

/** Two bodies must not share what either may change. */
function copyChunks(stream: ReadableStream): ReadableStream {
  const reader = stream.getReader()
  return new (streams().ReadableStream)(
    {
      pull: async (controller) => {
        const step = await reader.read()
        if (step.done) controller.close()
        else controller.enqueue(structuredClone(step.value))
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
