// What a request brings is checked by the schemas of its route.
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { IsopodError } from '../errors.ts'

const PARTS: Readonly<Record<string, string>> = {
  body: 'the body',
  querystring: 'the query',
  params: 'the path',
  headers: 'the headers',
}

/** Errors are `INVALID_OPTION`, and name the field and what it may be. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ httpPart = 'body', schema }) => {
  return (value: unknown) => {
    const { data, error } = schema.safeParse(value)
    if (error === undefined) return { value: data }
    const problems = error.issues.map(({ message, path }) => `${path.join('.') || PARTS[httpPart]}: ${message}`)
    return { error: new IsopodError('INVALID_OPTION', problems.join('; ')) }
  }
}
