// What a request says, checked.
import type { z } from 'zod'
import { IsopodError } from '../../errors.ts'

/** @throws IsopodError `INVALID_OPTION` naming the field and what it may be */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ message, path }) => `${path.join('.') || 'the body'}: ${message}`)
  throw new IsopodError('INVALID_OPTION', problems.join('; '))
}
