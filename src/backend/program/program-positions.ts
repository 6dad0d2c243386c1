// Where something of a module is in the text it was made of: lines are the same, columns are moved by what was put in.
import type { Position } from '../../problem-text.ts'

export interface Insertion {
  readonly offset: number
  /** Line breaks only in what is put at the end. */
  readonly text: string
}

/** On this line, from this column of the module on, so many characters are not the text's. */
export interface Shift extends Position {
  readonly length: number
}

/** @param insertions - by offset */
export function insertTexts(
  code: string,
  insertions: readonly Insertion[],
): { readonly text: string; readonly shifts: readonly Shift[] } {
  const shifts: Shift[] = []
  let text = ''
  let from = 0
  for (const { offset, text: inserted } of insertions) {
    text += code.slice(from, offset)
    from = offset
    const column = text.length - text.lastIndexOf('\n')
    shifts.push({ line: countLines(text), column, length: inserted.length })
    text += inserted
  }
  return { text: text + code.slice(from), shifts }
}

/** What was put in is shown as what stood there. */
export function originalPosition({ column, line }: Position, shifts: readonly Shift[]): Position {
  let moved = 0
  for (const shift of shifts) {
    if (shift.line !== line || shift.column > column) continue
    moved += Math.min(shift.length, column - shift.column)
  }
  return { line, column: column - moved }
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
