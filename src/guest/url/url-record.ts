// A URL is its serialization and the offsets of its components in it. The serialization is unambiguous, so the offsets
// can always be found again: whoever makes an href by other means calls `locate`.
//
//   https://user:pass@example.com:8443/a/b?q=1#top
//         |           |          |    |   |   |
//         protocolEnd hostStart  |    |   |   hashStart (the length, where there is no fragment)
//                                |    |   searchStart (hashStart, where there is no query)
//                                |    pathStart
//                                hostEnd
//
// Without an authority (`mailto:x`, `data:,x`) hostStart and hostEnd are protocolEnd.
// https://url.spec.whatwg.org/#url-serializing
import { StringPrototypeCharCodeAt, StringPrototypeIndexOf, StringPrototypeStartsWith } from '../primordials.ts'

export class UrlRecord {
  readonly href: string
  readonly protocolEnd: number
  readonly hostStart: number
  readonly hostEnd: number
  readonly pathStart: number
  readonly searchStart: number
  readonly hashStart: number

  // Positional although they are many: this runs for every URL, and an options object would double its cost.
  constructor(
    href: string,
    protocolEnd: number,
    hostStart: number,
    hostEnd: number,
    pathStart: number,
    searchStart: number,
    hashStart: number,
  ) {
    this.href = href
    this.protocolEnd = protocolEnd
    this.hostStart = hostStart
    this.hostEnd = hostEnd
    this.pathStart = pathStart
    this.searchStart = searchStart
    this.hashStart = hashStart
  }
}

const SLASH = 0x2f
const COLON = 0x3a
const OPENING_BRACKET = 0x5b

/** The components of a serialized URL. */
export function locate(href: string): UrlRecord {
  const hash = StringPrototypeIndexOf(href, '#')
  const hashStart = hash === -1 ? href.length : hash
  const search = StringPrototypeIndexOf(href, '?')
  const searchStart = search === -1 || search > hashStart ? hashStart : search
  const protocolEnd = StringPrototypeIndexOf(href, ':') + 1
  if (!StringPrototypeStartsWith(href, '//', protocolEnd)) {
    // `web+demo:/.//x`: the dot keeps a path that begins with two slashes from reading as an authority.
    const pathStart = StringPrototypeStartsWith(href, '/.//', protocolEnd) ? protocolEnd + 2 : protocolEnd
    return new UrlRecord(href, protocolEnd, protocolEnd, protocolEnd, pathStart, searchStart, hashStart)
  }
  let pathStart = protocolEnd + 2
  while (pathStart < searchStart && StringPrototypeCharCodeAt(href, pathStart) !== SLASH) pathStart += 1
  // In a serialized authority `@` stands before the host and nowhere else.
  const at = StringPrototypeIndexOf(href, '@', protocolEnd)
  const hostStart = at === -1 || at >= pathStart ? protocolEnd + 2 : at + 1
  const bracketed = StringPrototypeCharCodeAt(href, hostStart) === OPENING_BRACKET
  let hostEnd = bracketed ? StringPrototypeIndexOf(href, ']', hostStart) : hostStart
  while (hostEnd < pathStart && StringPrototypeCharCodeAt(href, hostEnd) !== COLON) hostEnd += 1
  return new UrlRecord(href, protocolEnd, hostStart, hostEnd, pathStart, searchStart, hashStart)
}
