// fetch() of addresses that name no host: data: URLs hold their response, blob: URLs name a blob of the program's.
// https://fetch.spec.whatwg.org/#scheme-fetch
// Few programs do it: reach this module through a `lazy` accessor only.
import { atob } from '../encoding/base64.ts'
import { textOfUnits, utf8Encode } from '../encoding/utf8.ts'
import {
  RegExpPrototypeExec,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeTrim,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetLength,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { blobBytes, blobContent } from '../file/blob.ts'
import { blobOfUrl } from '../url/object-urls.ts'
import { bodyOfContent } from './body-content.ts'
import { HeaderList } from './header-list.ts'
import { wrapHeaders } from './headers.ts'
import { parseMimeType, serializeMimeType } from './mime-type.ts'
import type { RequestState } from './request.ts'
import { type Response, responseFromState } from './response.ts'

interface Content {
  readonly type: string
  readonly bytes: Uint8Array
}

const DEFAULT_TYPE = 'text/plain;charset=US-ASCII'
const BASE64 = /; *base64$/i
const PERCENT = 0x25

/** Undefined for an address that is for the host. @throws TypeError where there is no response */
export function fetchLocally({ method, url }: RequestState): Response | undefined {
  const hash = StringPrototypeIndexOf(url, '#')
  const address = hash === -1 ? url : StringPrototypeSlice(url, 0, hash)
  if (StringPrototypeStartsWith(url, 'data:')) {
    const content = dataOf(StringPrototypeSlice(address, 'data:'.length))
    const headers = new HeaderList()
    headers.append('content-type', content.type)
    return respond(address, headers, method === 'HEAD' ? undefined : content.bytes)
  }
  if (!StringPrototypeStartsWith(url, 'blob:')) return undefined
  const blob = blobOfUrl(address)
  if (blob === undefined) throw new TypeErrorConstructor('The blob: URL names no blob, or was revoked.')
  if (method !== 'GET') throw new TypeErrorConstructor('Blobs can only be fetched with GET.')
  const bytes = blobBytes(blob)
  const headers = new HeaderList()
  headers.append('content-length', `${TypedArrayPrototypeGetLength(bytes)}`)
  const { type } = blobContent(blob)
  headers.append('content-type', parseMimeType(type) === undefined ? '' : type)
  return respond(address, headers, bytes)
}

function respond(url: string, headers: HeaderList, bytes: Uint8Array | undefined): Response {
  return responseFromState({
    status: 200,
    statusText: 'OK',
    headers: wrapHeaders(headers, 'immutable'),
    impliedType: undefined,
    webSocket: undefined,
    body: bytes === undefined ? undefined : bodyOfContent(bytes),
    url,
    redirected: false,
    type: 'basic',
  })
}

/** https://fetch.spec.whatwg.org/#data-url-processor */
function dataOf(text: string): Content {
  const comma = StringPrototypeIndexOf(text, ',')
  if (comma === -1) throw new TypeErrorConstructor('A data: URL needs a comma before its data.')
  let type = StringPrototypeTrim(StringPrototypeSlice(text, 0, comma))
  let bytes = percentDecode(StringPrototypeSlice(text, comma + 1))
  const match = RegExpPrototypeExec(BASE64, type)
  if (match !== null) {
    bytes = decodeBase64(bytes)
    type = StringPrototypeSlice(type, 0, match.index)
  }
  const parsed = parseMimeType(StringPrototypeStartsWith(type, ';') ? `text/plain${type}` : type)
  return { type: parsed === undefined ? DEFAULT_TYPE : serializeMimeType(parsed), bytes }
}

/** https://url.spec.whatwg.org/#string-percent-decode */
function percentDecode(text: string): Uint8Array {
  const input = utf8Encode(text)
  const length = TypedArrayPrototypeGetLength(input)
  let end = 0
  // In place: what is decoded is never longer.
  for (let i = 0; i < length; i++) {
    let byte = input[i] as number
    if (byte === PERCENT && i + 2 < length) {
      const high = hexValue(input[i + 1] as number)
      const low = hexValue(input[i + 2] as number)
      if (high !== -1 && low !== -1) {
        byte = (high << 4) | low
        i += 2
      }
    }
    input[end] = byte
    end += 1
  }
  return new Uint8ArrayConstructor(TypedArrayPrototypeGetBuffer(input), 0, end)
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1
}

function decodeBase64(input: Uint8Array): Uint8Array {
  let text: string
  try {
    text = atob(textOfUnits(input, TypedArrayPrototypeGetLength(input)))
  } catch {
    throw new TypeErrorConstructor('The data of the data: URL is not base64.')
  }
  const bytes = new Uint8ArrayConstructor(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = StringPrototypeCharCodeAt(text, i)
  return bytes
}
