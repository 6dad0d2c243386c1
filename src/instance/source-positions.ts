// Where in its sources a position of a script comes from: a source map, read in one pass over its mappings that keeps only
// marks, from which a lookup reads on. Whoever made the bundle made the map, and it is read on the host's thread outside
// of any entry, so size and work are bounded: some 200 ms for the largest map that is accepted, once for a version.
// https://tc39.es/ecma426/
import { isPlainMap } from './source-map-shape.ts'

/** A 3 MB bundle has a map of 5 to 10 million characters, at most half of them mappings. */
const MAX_MAP_LENGTH = 24 * 1024 * 1024
const MAX_MAPPINGS_LENGTH = 8 * 1024 * 1024
/** Characters between marks inside of a line. */
const MARK_DISTANCE = 2048

const COMMA = 44
const SEMICOLON = 59
const CONTINUES = 32
const DIGITS = new Int8Array(128).fill(-1)
for (const [value, digit] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  DIGITS[digit.charCodeAt(0)] = value
}

export interface SourcePosition {
  readonly source: string
  /** From 0, as all here. */
  readonly line: number
  readonly column: number
}

/** State of the decoder before the character at `index`; what a mark keeps. */
interface Cursor {
  index: number
  line: number
  column: number
  source: number
  sourceLine: number
  sourceColumn: number
  /** A segment of this line that names a source was read last. */
  isMapped: boolean
}

type Lookup = (line: number, column: number) => SourcePosition | undefined

/** Undefined where the text is no map, or too much of one. */
export function readSourceMap(text: string): Lookup | undefined {
  if (text.length > MAX_MAP_LENGTH || !isPlainMap(text)) return undefined
  try {
    const { mappings, sources } = JSON.parse(text) as { mappings: unknown; sources: unknown }
    if (typeof mappings !== 'string' || mappings.length > MAX_MAPPINGS_LENGTH || !Array.isArray(sources))
      return undefined
    const marks = markMappings(mappings)
    return (line, column) => findPosition({ mappings, sources, marks }, line, column)
  } catch {
    return undefined
  }
}

interface ReadMap {
  readonly mappings: string
  readonly sources: readonly unknown[]
  readonly marks: readonly Cursor[]
}

function markMappings(mappings: string): Cursor[] {
  const cursor: Cursor = { index: 0, line: 0, column: 0, source: 0, sourceLine: 0, sourceColumn: 0, isMapped: false }
  const marks: Cursor[] = [{ ...cursor }]
  let nextMark = MARK_DISTANCE
  while (readSegment(mappings, cursor)) {
    if (cursor.index < nextMark) continue
    marks.push({ ...cursor })
    nextMark = cursor.index + MARK_DISTANCE
  }
  return marks
}

function findPosition({ mappings, sources, marks }: ReadMap, line: number, column: number): SourcePosition | undefined {
  // The last mark at or before the place.
  let low = 0
  let high = marks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const mark = marks[middle] as Cursor
    if (mark.line < line || (mark.line === line && mark.column <= column)) low = middle
    else high = middle - 1
  }
  const cursor = { ...(marks[low] as Cursor) }
  // In a map that is out of order nothing is found; it is not searched for.
  const end = marks[low + 1]?.index ?? mappings.length
  let found: Cursor | undefined
  do {
    if (cursor.line > line || (cursor.line === line && cursor.column > column)) break
    found = cursor.isMapped && cursor.line === line ? { ...cursor } : undefined
  } while (cursor.index < end && readSegment(mappings, cursor))
  if (found === undefined) return undefined
  const source = sources[found.source]
  if (typeof source !== 'string') return undefined
  return { source, line: found.sourceLine, column: found.sourceColumn + (column - found.column) }
}

/** Reads one segment or separator; false at the end. A segment of one field says that its place comes from nowhere. */
function readSegment(mappings: string, cursor: Cursor): boolean {
  if (cursor.index >= mappings.length) return false
  const first = mappings.charCodeAt(cursor.index)
  if (first === SEMICOLON) {
    cursor.line += 1
    cursor.column = 0
    cursor.isMapped = false
  }
  if (first === SEMICOLON || first === COMMA) {
    cursor.index += 1
    return true
  }
  let fields = 0
  let value = 0
  let shift = 0
  for (; cursor.index < mappings.length; cursor.index += 1) {
    const code = mappings.charCodeAt(cursor.index)
    const digit = code < 128 ? (DIGITS[code] as number) : -1
    if (digit < 0) break
    value |= (digit & (CONTINUES - 1)) << shift
    shift += 5
    if ((digit & CONTINUES) !== 0) continue
    const delta = (value & 1) === 0 ? value >>> 1 : -(value >>> 1)
    if (fields === 0) cursor.column += delta
    else if (fields === 1) cursor.source += delta
    else if (fields === 2) cursor.sourceLine += delta
    else if (fields === 3) cursor.sourceColumn += delta
    fields += 1
    value = 0
    shift = 0
  }
  cursor.isMapped = fields >= 4
  // Neither digit nor separator: the rest means nothing.
  const last = mappings.charCodeAt(cursor.index)
  if (last !== COMMA && last !== SEMICOLON) cursor.index = mappings.length
  return true
}
