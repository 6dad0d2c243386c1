// Why a submitted text is no program, with the place in it.
import { IsopodError } from '../../errors.ts'
import type { Position } from '../../problem-text.ts'

export class ProgramError extends IsopodError {
  /** Without the place. */
  readonly reason: string
  readonly position: Position | undefined

  constructor(reason: string, position?: Position) {
    super('INVALID_PROGRAM', position === undefined ? reason : `${position.line}:${position.column}: ${reason}`)
    this.reason = reason
    this.position = position
  }
}
