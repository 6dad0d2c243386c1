// `node:buffer`: the npm package of the same name, with what it lacks (`base64url`, newer statics) and with UTF-8 done by the
// platform, which is faster and never disagrees with TextDecoder.
import { Buffer, INSPECT_MAX_BYTES, kMaxLength, SlowBuffer } from 'buffer/'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const isUtf8Name = (encoding: unknown): boolean =>
  encoding === undefined || encoding === 'utf8' || (typeof encoding === 'string' && /^utf-?8$/i.test(encoding))

/** base64's decoder reads both alphabets. */
const decodable = (encoding: unknown): unknown =>
  typeof encoding === 'string' && encoding.toLowerCase() === 'base64url' ? 'base64' : encoding

function adopt(bytes: Uint8Array): Uint8Array {
  return Object.setPrototypeOf(bytes, Buffer.prototype) as Uint8Array
}

function define(holder: object, methods: Readonly<Record<string, (...args: never[]) => unknown>>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(holder, name, { configurable: true, writable: true, value })
  }
}

const { byteLength, from, isEncoding } = Buffer
const { copy, equals, toString, write } = Buffer.prototype

define(Buffer, {
  byteLength: (value: unknown, encoding?: string) => Reflect.apply(byteLength, Buffer, [value, decodable(encoding)]),
  copyBytesFrom(view: ArrayBufferView & ArrayLike<unknown>, offset = 0, length = view.length - offset): Uint8Array {
    const part = Array.prototype.slice.call(view, offset, offset + length)
    const items = Reflect.construct(view.constructor as new (items: unknown[]) => Uint8Array, [part])
    return adopt(new Uint8Array(items.buffer))
  },
  from(value: unknown, encodingOrOffset?: unknown, length?: number): unknown {
    if (typeof value === 'string' && isUtf8Name(encodingOrOffset)) return adopt(encoder.encode(value))
    return Reflect.apply(from, Buffer, [value, decodable(encodingOrOffset), length])
  },
  isEncoding: (encoding: unknown) => Reflect.apply(isEncoding, Buffer, [decodable(encoding)]),
  of: (...items: number[]) => adopt(Uint8Array.from(items)),
})

/** Node takes any bytes where the package wants a Buffer. */
function asBuffer(value: unknown): unknown {
  return value instanceof Uint8Array ? adopt(new Uint8Array(value.buffer, value.byteOffset, value.length)) : value
}

define(Buffer.prototype, {
  copy(this: Uint8Array, target: unknown, ...rest: unknown[]): unknown {
    return Reflect.apply(copy, this, [asBuffer(target), ...rest])
  },
  equals(this: Uint8Array, other: unknown): unknown {
    return Reflect.apply(equals, this, [asBuffer(other)])
  },
  toString(this: Uint8Array, encoding?: string, start = 0, end = this.length): string {
    if (isUtf8Name(encoding)) {
      const first = Math.min(Math.max(Math.trunc(start) || 0, 0), this.length)
      const last = Math.max(first, Math.min(Math.trunc(end) || 0, this.length))
      const bytes = Uint8Array.prototype.subarray.call(this, first, last)
      return decoder.decode(bytes)
    }
    const isUrl = decodable(encoding) !== encoding
    const text = Reflect.apply(toString, this, [decodable(encoding), start, end]) as string
    return isUrl ? text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') : text
  },
  write(this: Uint8Array, text: string, ...rest: unknown[]): number {
    return Reflect.apply(write, this, [text, ...rest.map(decodable)]) as number
  },
})

const constants: { readonly MAX_LENGTH: number; readonly MAX_STRING_LENGTH: number } = Object.freeze({
  MAX_LENGTH: kMaxLength,
  MAX_STRING_LENGTH: 2 ** 29 - 24,
})

function isUtf8(bytes: ArrayBuffer | ArrayBufferView): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function isAscii(bytes: ArrayBuffer | ArrayBufferView): boolean {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
  return view.every((byte) => byte < 0x80)
}

const { atob, btoa, Blob, File } = globalThis

export { atob, Blob, btoa, Buffer, constants, File, INSPECT_MAX_BYTES, isAscii, isUtf8, kMaxLength, SlowBuffer }
export default {
  atob,
  Blob,
  btoa,
  Buffer,
  constants,
  File,
  INSPECT_MAX_BYTES,
  isAscii,
  isUtf8,
  kMaxLength,
  SlowBuffer,
}
