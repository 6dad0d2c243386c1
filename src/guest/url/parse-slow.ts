// The whole URL parser, for what `parse-fast.ts` leaves: whatwg-url, loaded by the first URL that needs it. Reach this
// module through a `lazy` accessor only. In and out go serializations, so that the two parsers share no state.
import {
  basicURLParse,
  cannotHaveAUsernamePasswordPort,
  hasAnOpaquePath,
  serializeURL,
  setThePassword,
  setTheUsername,
} from 'whatwg-url/lib/url-state-machine.js'
import { StringPrototypeSlice, StringPrototypeStartsWith } from '../primordials.ts'

/** The attributes of URL that can be set, except `href`. */
export type UrlAttribute =
  | 'protocol'
  | 'username'
  | 'password'
  | 'host'
  | 'hostname'
  | 'port'
  | 'pathname'
  | 'search'
  | 'hash'

/** The serialization of a URL, or undefined if it is none. @param base - a serialized URL */
export function parseSlow(input: string, base: string | undefined): string | undefined {
  const baseURL = base === undefined ? null : basicURLParse(base)
  const url = basicURLParse(input, { baseURL })
  return url === null ? undefined : serializeURL(url)
}

interface Assignment {
  readonly attribute: UrlAttribute
  readonly value: string
}

/**
 * The serialization of `href` after an assignment; the same when the standard ignores the assignment.
 * https://url.spec.whatwg.org/#api
 */
export function assign(href: string, { attribute, value }: Assignment): string {
  const url = basicURLParse(href)
  if (url === null) return href
  switch (attribute) {
    case 'protocol':
      basicURLParse(`${value}:`, { url, stateOverride: 'scheme start' })
      break
    case 'username':
      if (!cannotHaveAUsernamePasswordPort(url)) setTheUsername(url, value)
      break
    case 'password':
      if (!cannotHaveAUsernamePasswordPort(url)) setThePassword(url, value)
      break
    case 'host':
    case 'hostname':
      if (!hasAnOpaquePath(url)) basicURLParse(value, { url, stateOverride: attribute })
      break
    case 'port':
      if (cannotHaveAUsernamePasswordPort(url)) break
      if (value === '') url.port = null
      else basicURLParse(value, { url, stateOverride: 'port' })
      break
    case 'pathname':
      if (hasAnOpaquePath(url)) break
      url.path = []
      basicURLParse(value, { url, stateOverride: 'path start' })
      break
    case 'search':
      url.query = value === '' ? null : ''
      if (value !== '') basicURLParse(withoutMark(value, '?'), { url, stateOverride: 'query' })
      break
    case 'hash':
      url.fragment = value === '' ? null : ''
      if (value !== '') basicURLParse(withoutMark(value, '#'), { url, stateOverride: 'fragment' })
      break
  }
  return serializeURL(url)
}

function withoutMark(value: string, mark: '?' | '#'): string {
  return StringPrototypeStartsWith(value, mark) ? StringPrototypeSlice(value, 1) : value
}
