// Replaces spans of a text without moving what follows: a source map made before the edits stays true.

export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** An edit that puts `text` in place of a span, with blanks and the span's line breaks, so that the rest stays in place. */
export function fitEdit(code: string, span: { readonly start: number; readonly end: number }, text: string): Edit {
  const lines = code.slice(span.start, span.end).split(/(?<=[\n\r\u2028\u2029])/)
  const tail = lines.at(-1)?.length ?? 0
  const breaks = lines
    .slice(0, -1)
    .map((line) => line.slice(-1))
    .join('')
  const fitted =
    text.length <= tail ? breaks + text.padStart(tail) : text + breaks + ' '.repeat(breaks === '' ? 0 : tail)
  return { start: span.start, end: span.end, text: fitted }
}

/** Applies edits that do not overlap. */
export function applyEdits(code: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += code.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + code.slice(from)
}
