// How every request that failed is answered.
import { z } from 'zod'

export interface Failure {
  readonly error: {
    /** One of the codes of `errors.ts`. */
    readonly code: string
    readonly message: string
    /** Of submitted code, where it cannot be read; both from 1. */
    readonly line?: number
    readonly column?: number
  }
}

export const failure: z.ZodType<Failure> = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      line: z.number().exactOptional(),
      column: z.number().exactOptional(),
    }),
  })
  .describe('The request failed.')
