// What a Request or Response carries. It stays what it was given as (text, bytes, or a source the host holds) until
// somebody asks for a stream; most bodies never become one.
import type { AbortSignal } from '../dom/abort.ts'
import { ObjectPrototypeHasOwnProperty } from '../primordials.ts'
import type { ReadableStream } from '../streams/lazy.ts'

/** A body whose bytes are on the host: of an incoming request, or of a response to `fetch`. */
export interface HostSource {
  readonly source: number
  /** Of the fetch the body came with: reading it fails once that is aborted. Always there: a program may have put one on Object.prototype. */
  readonly signal: AbortSignal | undefined
}

export interface Body {
  /** Undefined where `stream` is all there is. */
  content: string | Uint8Array | HostSource | undefined
  /** The stream somebody asked for or gave; from then on it is the body. */
  stream: ReadableStream | undefined
  /** Read, or being read, by one of the methods that take it whole. */
  taken: boolean
}

/** Not `in`: a program may have put a `source` on Object.prototype. */
export function isHostSource(content: Body['content']): content is HostSource {
  return typeof content === 'object' && ObjectPrototypeHasOwnProperty(content, 'source')
}

export function bodyOfContent(content: string | Uint8Array | HostSource): Body {
  return { content, stream: undefined, taken: false }
}
