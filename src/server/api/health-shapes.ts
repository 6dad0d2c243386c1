// What those get who ask whether the server is well.
import { z } from 'zod'

export interface Health {
  readonly status: 'ok'
}

export interface Readiness {
  /** `ok`, or what is missing. */
  readonly status: string
  /** How many serve. */
  readonly hosts: number
}

export const health: z.ZodType<Health> = z.object({ status: z.literal('ok') }).describe('Control answers.')

export const readiness: z.ZodType<Readiness> = z
  .object({ status: z.string(), hosts: z.number() })
  .describe('Whether hosts of both kinds serve.')
