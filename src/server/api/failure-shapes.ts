// How every request that failed is answered.
import { z } from 'zod'

export interface Failure {
  readonly error: {
    /** One of the codes of `errors.ts`. */
    readonly code: string
    readonly message: string
  }
}

export const failure: z.ZodType<Failure> = z
  .object({ error: z.object({ code: z.string(), message: z.string() }) })
  .describe('The request failed.')
