// The parser as the rest of the guest sees it: fast where it can be, the whole standard where it must be.
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import { StringPrototypeToWellFormed } from '../primordials.ts'
import { parseFast, resolveFast } from './parse-fast.ts'
import type * as ParseSlow from './parse-slow.ts'
import type { UrlAttribute } from './parse-slow.ts'
import { locate, type UrlRecord } from './url-record.ts'

const slow = lazy(() => loadPart('url/parse-slow.ts') as typeof ParseSlow)

/** The record of a URL, or undefined if it is none. Takes any string, as lone surrogates are never plain. */
export function parseUrl(input: string, base?: UrlRecord): UrlRecord | undefined {
  const fast = parseFast(input) ?? (base === undefined ? undefined : resolveFast(input, base))
  if (fast !== undefined) return fast
  const href = slow().parseSlow(StringPrototypeToWellFormed(input), base?.href)
  return href === undefined ? undefined : locate(href)
}

/** The record after an assignment to an attribute, as the standard's setters do it. */
export function assignAttribute(record: UrlRecord, attribute: UrlAttribute, value: string): UrlRecord {
  return locate(slow().assign(record.href, { attribute, value: StringPrototypeToWellFormed(value) }))
}
