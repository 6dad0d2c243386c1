// The two things we do to source maps: make one for a text that kept its lines, and shift one for the script's prefix.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** What a version 3 source map holds, as far as we use it. */
export interface SourceMapFields {
  readonly mappings: string
  readonly names: readonly string[]
  readonly sources: readonly string[]
  readonly sourcesContent?: readonly (string | null)[]
}

function encodeVlq(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2
  let digits = ''
  do {
    const digit = rest % 32
    rest = (rest - digit) / 32
    digits += DIGITS.charAt(rest > 0 ? digit + 32 : digit)
  } while (rest > 0)
  return digits
}

/** A map's columns are relative within a line, so only the first segment of the first line knows where the line starts. */
function shiftFirstLine(mappings: string, columns: number): string {
  let column = 0
  let factor = 1
  for (let index = 0; index < mappings.length; index += 1) {
    const digit = DIGITS.indexOf(mappings.charAt(index))
    if (digit < 0) return mappings
    column += (digit % 32) * factor
    factor *= 32
    // The first column of a line is never negative: the sign bit is 0.
    if (digit < 32) return encodeVlq(column / 2 + columns) + mappings.slice(index + 1)
  }
  return mappings
}

/** Reads one number of a segment; `end` is where the next one begins. */
function decodeVlq(text: string, from: number): { value: number; end: number } {
  let sum = 0
  let factor = 1
  for (let index = from; ; index += 1) {
    const digit = Math.max(0, DIGITS.indexOf(text.charAt(index)))
    sum += (digit % 32) * factor
    factor *= 32
    if (digit < 32) return { value: sum % 2 === 1 ? -(sum - 1) / 2 : sum / 2, end: index + 1 }
  }
}

/** Moves what is at or behind a column of a line to the right; the moves of a line are in the order of their columns. */
export function moveColumns(
  mappings: string,
  moves: ReadonlyMap<number, readonly { readonly column: number; readonly by: number }[]>,
): string {
  const lines = mappings.split(';')
  for (const [line, movesOfLine] of moves) {
    let column = 0
    let movedColumn = 0
    let by = 0
    let next = 0
    const segments = (lines[line] ?? '').split(',').map((segment) => {
      if (segment === '') return ''
      const { value, end } = decodeVlq(segment, 0)
      column += value
      for (let move = movesOfLine[next]; move !== undefined && move.column <= column; move = movesOfLine[next]) {
        by += move.by
        next += 1
      }
      const text = encodeVlq(column + by - movedColumn) + segment.slice(end)
      movedColumn = column + by
      return text
    })
    if (line < lines.length) lines[line] = segments.join(',')
  }
  return lines.join(';')
}

/** The map as JSON, for a script whose first line got `prefixLength` more characters at its start. */
export function serializeSourceMap(map: SourceMapFields, prefixLength: number): string {
  const { sources, sourcesContent, names } = map
  const mappings = shiftFirstLine(map.mappings, prefixLength)
  return JSON.stringify({ version: 3, sources, sourcesContent, names, mappings })
}

/** The map of a text onto itself: one segment a line, which is enough to find a column by its distance. */
export function identityMap(source: string, content: string): SourceMapFields {
  const lines = content.split(/\r\n|[\n\r\u2028\u2029]/).length
  return { sources: [source], sourcesContent: [content], names: [], mappings: `AAAA${';AACA'.repeat(lines - 1)}` }
}
