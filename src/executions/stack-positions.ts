// Errors of programs as their authors see them: positions are those of the text that was submitted.
import { PROGRAM_FILE } from '../backend/backend.ts'
import { originalPosition, type Shift } from '../backend/program/program-positions.ts'
import type { Position } from '../problem-text.ts'
import type { TaskError } from '../task.ts'

const PLACE = new RegExp(`${PROGRAM_FILE.replace('.', String.raw`\.`)}:(\\d+):(\\d+)`, 'g')

export function placedError(error: TaskError, shifts: readonly Shift[]): TaskError {
  const placed = (text: string): string =>
    text.replaceAll(PLACE, (_all, line: string, column: string) => {
      const position = originalPosition({ line: Number(line), column: Number(column) }, shifts)
      return `${PROGRAM_FILE}:${position.line}:${position.column}`
    })
  const { message, stack } = error
  return { ...error, message: placed(message), ...(stack === undefined ? {} : { stack: placed(stack) }) }
}

/** Where it happened, as far as its stack says. */
export function placeOf({ message, stack }: TaskError): Position | undefined {
  const [found] = (stack ?? message).matchAll(PLACE)
  return found === undefined ? undefined : { line: Number(found[1]), column: Number(found[2]) }
}
