// Errors as the admin port answers them: a code, and a message for people.
import { ProgramError } from '../backend/program/program-error.ts'
import { type ErrorCode, IsopodError } from '../errors.ts'
import type { Position } from '../problem-text.ts'
import type { AdminServer } from './admin-server.ts'
import type { Failure } from './api/failure-shapes.ts'
import { statusOf } from './error-status.ts'

/** Lines move fast, or not at all. */
const RETRY_AFTER_S = 1

export function addErrorHandlers(app: AdminServer): void {
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof IsopodError) {
      if (error.code === 'QUEUE_FULL') reply.header('retry-after', RETRY_AFTER_S)
      const place = error instanceof ProgramError ? error.position : undefined
      await reply.code(statusOf(error.code)).send(failure(error.code, error.message, place))
    } else if (error.statusCode !== undefined && error.statusCode < 500) {
      await reply.code(error.statusCode).send(failure('INVALID_REQUEST', error.message))
    } else {
      process.stderr.write(`isopod: the admin port failed: ${error.stack ?? error.message}\n`)
      await reply.code(500).send(failure('INTERNAL', 'Something went wrong; the log of the server says what.'))
    }
  })
  app.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send(failure('NOT_FOUND', 'There is no such page.'))
  })
}

export function failure(code: ErrorCode, message: string, place?: Position): Failure {
  return { error: { code, message, ...place } }
}
