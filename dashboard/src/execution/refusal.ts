import type { ExecutionError } from '../../../src/server/api/execution-shapes.ts'
import type { Failure } from '../../../src/server/api/failure-shapes.ts'

/** What the client throws for a run that did not begin, as the error of one that did. */
export function errorOfRefusal(refusal: unknown): ExecutionError {
  const { cause, message } = refusal instanceof Error ? refusal : new Error(String(refusal))
  const said = (cause ?? {}) as Partial<Failure['error']>
  const { code = 'NOT_RUNNING', column = null, line = null } = said
  // The message says the place as well.
  const reason = message.replace(`${line}:${column}: `, '')
  return { code, name: null, message: reason, stack: null, line, column }
}
