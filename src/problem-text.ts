// How a problem in someone's source is told: file, line, column, reason, and the line itself.

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
}

const FRAME_WIDTH = 100

export function positionOf(source: string, offset: number): Position {
  // A parser that runs out of text points behind it; the end of the last line shows more.
  const before = offset < source.length ? source.slice(0, offset) : source.trimEnd()
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: before.length - lineStart + 1 }
}

/** Where a module names another one, as far as a search for the quoted name can tell. */
export function positionOfSpecifier(source: string, specifier: string): Position | undefined {
  for (const quote of ['"', "'", '`']) {
    const offset = source.indexOf(`${quote}${specifier}${quote}`)
    if (offset >= 0) return positionOf(source, offset)
  }
  return undefined
}

/** The line with a caret below the column; of a long line (minified code), what is around the column. */
function codeFrame(source: string, position: Position): string {
  const line = source.split('\n')[position.line - 1]?.trimEnd()
  if (line === undefined || line === '') return ''
  const from = line.length <= FRAME_WIDTH ? 0 : Math.max(0, position.column - FRAME_WIDTH / 2)
  const shown = line.slice(from, from + FRAME_WIDTH).replaceAll('\t', ' ')
  const number = String(position.line)
  const gutter = ' '.repeat(number.length)
  const caret = ' '.repeat(Math.max(0, Math.min(position.column - 1, line.length) - from))
  return `\n\n  ${number} | ${shown}\n  ${gutter} | ${caret}^`
}

interface ProblemPlace {
  /** As it is shown, never a host path. */
  readonly file: string
  readonly source?: string | undefined
  readonly position?: Position | undefined
}

export function describeProblem(reason: string, place: ProblemPlace): string {
  const { file, source, position } = place
  if (position === undefined) return `${file}: ${reason}`
  const frame = source === undefined ? '' : codeFrame(source, position)
  return `${file}:${position.line}:${position.column}: ${reason}${frame}`
}
