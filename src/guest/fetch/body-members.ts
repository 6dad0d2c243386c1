// The members Request and Response share. https://fetch.spec.whatwg.org/#body-mixin
import { OP } from '../../bridge/ops.ts'
import { utf8Decode, utf8Encode } from '../encoding/utf8.ts'
import { makeBlob } from '../file/blob.ts'
import { parseJson } from '../memory/parse-json.ts'
import {
  ObjectDefineProperty,
  PromisePrototypeThen,
  PromiseReject,
  PromiseResolve,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeSlice,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import type { ReadableStream } from '../streams/lazy.ts'
import { type Body, isHostSource } from './body-content.ts'
import { isUsed, takeBody } from './body.ts'
import { readAllBytes, streamOf } from './body-stream.ts'
import { parseFormBody } from './form-body.ts'
import { abortOf, readSource } from './host-source.ts'

interface BodyOwner<T> {
  /** Throws a TypeError for an object that is not of the class. */
  bodyOf(self: T): Body | undefined
  contentTypeOf(self: T): string | null
}

export function defineBodyMembers<T extends object>(prototype: T, owner: BodyOwner<T>): void {
  /** Runs `read` on a body claimed for it; every failure is a rejection, as for all promise-returning members. */
  const member =
    <R>(read: (body: Body | undefined, contentType: string | null) => Promise<R>) =>
    (self: T): Promise<R> => {
      try {
        const body = owner.bodyOf(self)
        if (body !== undefined) {
          const aborted = abortOf(body)
          if (aborted !== undefined) return PromiseReject(aborted.reason)
          takeBody(body)
        }
        return read(body, owner.contentTypeOf(self))
      } catch (error) {
        return PromiseReject(error)
      }
    }
  const readBuffer = member((body) => PromisePrototypeThen(readBytes(body), exactBuffer))
  const readBlob = member((body, type) => PromisePrototypeThen(readBytes(body), (bytes) => makeBlob(bytes, type ?? '')))
  const readView = member((body) => PromisePrototypeThen(readBytes(body), (bytes) => bytes))
  const readForm = member((body, type) => PromisePrototypeThen(readBytes(body), (bytes) => parseFormBody(bytes, type)))
  const readJson = member((body) => PromisePrototypeThen(readText(body), (text) => parseJson(text)))
  const readString = member(readText)

  const methods = {
    arrayBuffer(this: T) {
      return readBuffer(this)
    },
    blob(this: T) {
      return readBlob(this)
    },
    bytes(this: T) {
      return readView(this)
    },
    formData(this: T) {
      return readForm(this)
    },
    json(this: T) {
      return readJson(this)
    },
    text(this: T) {
      return readString(this)
    },
  }
  for (const name of ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const) {
    ObjectDefineProperty(prototype, name, {
      value: methods[name],
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  const accessors = {
    get body(): ReadableStream | null {
      const body = owner.bodyOf(this as unknown as T)
      return body === undefined ? null : streamOf(body)
    },
    get bodyUsed(): boolean {
      const body = owner.bodyOf(this as unknown as T)
      return body !== undefined && isUsed(body)
    },
  }
  for (const name of ['body', 'bodyUsed'] as const) {
    const descriptor = Object.getOwnPropertyDescriptor(accessors, name) as PropertyDescriptor
    ObjectDefineProperty(prototype, name, descriptor)
  }
}

/** The text of a body that was taken for it. */
export function readText(body: Body | undefined): Promise<string> {
  if (body === undefined) return PromiseResolve('')
  const { content, stream } = body
  if (stream !== undefined) return PromisePrototypeThen(readAllBytes(stream), utf8Decode)
  if (typeof content === 'string') return PromiseResolve(withoutBom(content))
  // The host decodes: it is several times faster at it, and the bytes need not enter the isolate.
  if (isHostSource(content)) return readSource(OP.readText, content) as Promise<string>
  return PromiseResolve(utf8Decode(content ?? new Uint8ArrayConstructor(0)))
}

/** All bytes of a body that was taken for it. */
export function readBytes(body: Body | undefined): Promise<Uint8Array> {
  if (body === undefined) return PromiseResolve(new Uint8ArrayConstructor(0))
  const { content, stream } = body
  if (stream !== undefined) return readAllBytes(stream)
  if (typeof content === 'string') return PromiseResolve(utf8Encode(content))
  if (!isHostSource(content)) return PromiseResolve(content ?? new Uint8ArrayConstructor(0))
  return PromisePrototypeThen(
    readSource(OP.readBytes, content),
    (buffer) => new Uint8ArrayConstructor(buffer as ArrayBuffer),
  )
}

function withoutBom(text: string): string {
  return StringPrototypeCharCodeAt(text, 0) === 0xfeff ? StringPrototypeSlice(text, 1) : text
}

/** A buffer with these bytes and no others. */
export function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const buffer = TypedArrayPrototypeGetBuffer(bytes)
  if (buffer.byteLength === TypedArrayPrototypeGetByteLength(bytes)) return buffer
  return TypedArrayPrototypeGetBuffer(TypedArrayPrototypeSlice(bytes))
}
