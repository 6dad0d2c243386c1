// Entries on one line where they fit, else one to a line, as Node does it.
import { ArrayPrototypeJoin, StringPrototypeIndexOf, StringPrototypeRepeat } from '../primordials.ts'
import type { Inspection } from './inspection.ts'

const LINE_WIDTH = 76
/** More levels than this never share a line. */
const MAX_LEVELS = 3
/** Longer lists of short items fill lines. */
const FILL_FROM = 7
const MAX_FILLED_ITEM = 16

export interface Block {
  /** What comes before the bracket, a space included. */
  readonly head: string
  readonly brackets: '{}' | '[]'
  readonly entries: readonly string[]
}

export function layOut({ head, brackets, entries }: Block, inspection: Inspection, depth: number): string {
  const open = brackets === '{}' ? '{' : '['
  const close = brackets === '{}' ? '}' : ']'
  if (entries.length === 0) return `${head}${open}${close}`
  const isShallow = inspection.lastDepth - depth < MAX_LEVELS && StringPrototypeIndexOf(head, '\n') === -1
  if (isShallow && fits(entries, LINE_WIDTH - inspection.indent - head.length)) {
    return `${head}${open} ${ArrayPrototypeJoin(entries, ', ')} ${close}`
  }
  const margin = StringPrototypeRepeat(' ', inspection.indent)
  const lines =
    brackets === '[]' && entries.length >= FILL_FROM
      ? fill(entries, margin)
      : ArrayPrototypeJoin(entries, `,\n${margin}  `)
  return `${head}${open}\n${margin}  ${lines}\n${margin}${close}`
}

function fits(entries: readonly string[], width: number): boolean {
  let used = 4
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as string
    used += entry.length + 2
    if (used > width || StringPrototypeIndexOf(entry, '\n') !== -1) return false
  }
  return true
}

/** As many short entries to a line as it takes; a long one has a line for itself. */
function fill(entries: readonly string[], margin: string): string {
  let text = ''
  let column = 0
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as string
    const isShort = entry.length <= MAX_FILLED_ITEM && StringPrototypeIndexOf(entry, '\n') === -1
    if (i > 0) {
      const next = column + entry.length + 2
      const breaks = !isShort || next > LINE_WIDTH - margin.length
      text += breaks ? `,\n${margin}  ` : ', '
      if (breaks) column = 0
    }
    text += entry
    column += isShort ? entry.length + 2 : LINE_WIDTH
  }
  return text
}
