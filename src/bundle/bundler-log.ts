// rolldown's errors and warnings as our text: no colours, no drawings, no host paths.
import { stripVTControlCharacters } from 'node:util'
import { describeProblem, positionOf } from '../problem-text.ts'

/** The fields of rolldown's errors and logs that we read. */
export interface BundlerLog {
  readonly message: string
  readonly id?: string | undefined
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number } | undefined
  readonly pos?: number | undefined
  /** Set where one of our own plugins threw: its message is complete. */
  readonly plugin?: string | undefined
}

export interface ShownSource {
  readonly file: string
  readonly source?: string | undefined
}

export function describeBundlerLog(log: BundlerLog, show: (id: string) => ShownSource): string {
  const message = stripVTControlCharacters(log.message)
  if (log.plugin !== undefined) return message
  // The first line is "[CODE] reason"; below it comes a drawing of the place, which we draw in our own way.
  const reason = (message.split('\n', 1)[0] ?? '').replace(/^\[[A-Z_]+\] /, '')
  const id = log.loc?.file ?? log.id
  if (id === undefined) return reason
  const { file, source } = show(id)
  if (log.loc === undefined) return describeProblem(reason, { file })
  // At the end of a file `loc` is a line that does not exist; the offset is right.
  const position =
    source !== undefined && log.pos !== undefined
      ? positionOf(source, log.pos)
      : { line: log.loc.line, column: log.loc.column + 1 }
  return describeProblem(reason, { file, source, position })
}
