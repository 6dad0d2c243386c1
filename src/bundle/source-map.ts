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
