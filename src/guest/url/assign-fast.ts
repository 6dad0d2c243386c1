// Assignments to attributes of a URL that keep everything plain, as programs that rewrite or proxy requests do them.
// Undefined means: not plain, let the whole parser do it.
import {
  StringPrototypeEndsWith,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../primordials.ts'
import { isPlainFragment, isPlainHost, isPlainPath, isPlainQuery, isWebLike, parseFast } from './parse-fast.ts'
import type { UrlAttribute } from './parse-slow.ts'
import { UrlRecord } from './url-record.ts'

export function assignFast(record: UrlRecord, attribute: UrlAttribute, value: string): UrlRecord | undefined {
  const { href, protocolEnd, hostStart, hostEnd, pathStart, searchStart, hashStart } = record
  switch (attribute) {
    case 'search': {
      const query = StringPrototypeStartsWith(value, '?') ? StringPrototypeSlice(value, 1) : value
      return isPlainQuery(query) ? withQuery(record, value === '' ? '' : `?${query}`) : undefined
    }
    case 'hash': {
      const fragment = StringPrototypeStartsWith(value, '#') ? StringPrototypeSlice(value, 1) : value
      if (!isPlainFragment(fragment)) return undefined
      const rest = value === '' ? '' : `#${fragment}`
      const changed = StringPrototypeSlice(href, 0, hashStart) + rest
      return new UrlRecord(changed, protocolEnd, hostStart, hostEnd, pathStart, searchStart, hashStart)
    }
    case 'pathname': {
      if (!isWebLike(record) || !isPlainPath(value)) return undefined
      const grown = pathStart + value.length - searchStart
      const changed = StringPrototypeSlice(href, 0, pathStart) + value + StringPrototypeSlice(href, searchStart)
      return new UrlRecord(changed, protocolEnd, hostStart, hostEnd, pathStart, searchStart + grown, hashStart + grown)
    }
    case 'hostname':
      if (!isWebLike(record) || !isPlainHost(value)) return undefined
      return parseFast(StringPrototypeSlice(href, 0, hostStart) + value + StringPrototypeSlice(href, hostEnd))
    case 'host': {
      if (!isWebLike(record)) return undefined
      const colon = StringPrototypeIndexOf(value, ':')
      if (colon === -1) return assignFast(record, 'hostname', value)
      const host = StringPrototypeSlice(value, 0, colon)
      const port = StringPrototypeSlice(value, colon + 1)
      if (!isPlainHost(host) || !isPlainHost(port)) return undefined
      return parseFast(StringPrototypeSlice(href, 0, hostStart) + value + StringPrototypeSlice(href, pathStart))
    }
    case 'port': {
      if (!isWebLike(record) || (value !== '' && !isPlainHost(value))) return undefined
      const port = value === '' ? '' : `:${value}`
      return parseFast(StringPrototypeSlice(href, 0, hostEnd) + port + StringPrototypeSlice(href, pathStart))
    }
    case 'protocol': {
      const scheme = StringPrototypeEndsWith(value, ':') ? StringPrototypeSlice(value, 0, -1) : value
      if (!isWebLike(record) || !isPlainHost(scheme)) return undefined
      return parseFast(`${scheme}:${StringPrototypeSlice(href, protocolEnd)}`)
    }
    default:
      return undefined
  }
}

/** @param search - with its question mark, already serialized; empty for none */
export function withQuery(record: UrlRecord, search: string): UrlRecord {
  const { href, protocolEnd, hostStart, hostEnd, pathStart, searchStart, hashStart } = record
  const changed = StringPrototypeSlice(href, 0, searchStart) + search + StringPrototypeSlice(href, hashStart)
  return new UrlRecord(changed, protocolEnd, hostStart, hostEnd, pathStart, searchStart, searchStart + search.length)
}
