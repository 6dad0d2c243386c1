// The headers that are sent for a worker's fetch. Those that frame the message or manage the connection are ours: a
// worker that could set them could smuggle a second request into a pooled connection that other tenants use next.
import type { HeaderList } from '../task.ts'
import { ACCEPTED_CODINGS } from './content-decoding.ts'
import { FetchFailure } from './fetch-failure.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** Visible characters, blanks, obs-text, one character per byte. https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

const OURS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  // Taken from the URL: with another one the pool would present this name's connection to a different site.
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** @throws FetchFailure when a name or value could not be sent as it is. */
export function checkHeaders(headers: HeaderList): [name: string, value: string][] {
  const checked: [string, string][] = []
  for (const [name, value] of headers) {
    // Names are quoted only when they are harmless: the message may end up in a log.
    if (!TOKEN.test(name)) throw new FetchFailure('TypeError', 'A header name is not valid.')
    if (!FIELD_VALUE.test(value)) throw new FetchFailure('TypeError', `The value of header "${name}" is not valid.`)
    const lower = name.toLowerCase()
    if (!OURS.has(lower) && !lower.startsWith('proxy-')) checked.push([name, value])
  }
  return checked
}

/** In undici's form, with what every request has. https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch */
export function withDefaultHeaders(headers: HeaderList): string[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const list = headers.flat()
  if (!names.has('accept')) list.push('accept', '*/*')
  if (!names.has('accept-language')) list.push('accept-language', '*')
  if (!names.has('user-agent')) list.push('user-agent', 'Isopod')
  // A part of an encoded body cannot be decoded.
  if (!names.has('accept-encoding')) list.push('accept-encoding', names.has('range') ? 'identity' : ACCEPTED_CODINGS)
  return list
}
