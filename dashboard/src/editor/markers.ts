// What is wrong with a line of code, where a run has said it.
import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'

export interface CodeMarker {
  /** From 1. */
  readonly line: number
  /** From 1; the whole line without. */
  readonly column: number | null
  readonly message: string
}

/** The code may have been shortened since it ran: markers beyond its end stand on its last line. */
export function diagnosticsOf(doc: Text, markers: readonly CodeMarker[]): Diagnostic[] {
  return markers.map(({ column, line: number, message }) => {
    const line = doc.line(Math.min(Math.max(number, 1), doc.lines))
    const start = column === null ? line.from : Math.min(line.from + Math.max(column - 1, 0), line.to)
    const word = /^[\w$]+/.exec(doc.sliceString(start, line.to))
    const end = column === null ? line.to : start + (word?.[0].length ?? 1)
    return { from: start, to: Math.min(end, doc.length), severity: 'error', message }
  })
}
