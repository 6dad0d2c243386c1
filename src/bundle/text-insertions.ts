// Puts text into a script and moves its source map along. What is put in has no line breaks, so only columns move.
import { moveColumns } from './source-map.ts'

export interface Insertion {
  readonly offset: number
  /** Of what it opens or closes: `close` comes before `open` at the same place. */
  readonly side: 'open' | 'close'
  /** Grows inwards: what is outside opens first and closes last. */
  readonly order: number
  readonly text: string
}

function compare(a: Insertion, b: Insertion): number {
  if (a.offset !== b.offset) return a.offset - b.offset
  if (a.side !== b.side) return a.side === 'close' ? -1 : 1
  return a.side === 'open' ? a.order - b.order : b.order - a.order
}

/** Returns the new text, and its map's mappings where those of the old text are given. */
export function insertTexts(
  code: string,
  insertions: readonly Insertion[],
  mappings = '',
): { readonly code: string; readonly mappings: string } {
  const sorted = insertions.toSorted(compare)
  const moves = new Map<number, { column: number; by: number }[]>()
  let result = ''
  let from = 0
  let line = 0
  let lineStart = 0
  for (const { offset, text } of sorted) {
    const between = code.slice(from, offset)
    for (let at = between.indexOf('\n'); at >= 0; at = between.indexOf('\n', at + 1)) {
      line += 1
      lineStart = from + at + 1
    }
    const move = { column: offset - lineStart, by: text.length }
    const list = moves.get(line)
    if (list === undefined) moves.set(line, [move])
    else list.push(move)
    result += between + text
    from = offset
  }
  return { code: result + code.slice(from), mappings: moveColumns(mappings, moves) }
}
