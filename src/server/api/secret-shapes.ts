// What the routes of secrets take and answer. What was set is in no answer.
import { z } from 'zod'
import type { WorkerParams } from './worker-shapes.ts'

export interface SecretParams extends WorkerParams {
  readonly name: string
}

export interface SecretBody {
  readonly value: string
}

export interface SecretList {
  readonly secrets: readonly {
    readonly name: string
    /** When it was set last, Unix time in milliseconds, and by whom. */
    readonly time: number
    readonly author: string
  }[]
}

export interface SecretSet {
  readonly name: string
}

export interface SecretRemoved {
  /** Whether there was one. */
  readonly removed: boolean
}

export const secretParams: z.ZodType<SecretParams> = z.object({
  tenant: z.string(),
  worker: z.string(),
  name: z.string(),
})

export const secretBody: z.ZodType<SecretBody> = z.strictObject({ value: z.string() })

export const secretList: z.ZodType<SecretList> = z
  .object({ secrets: z.array(z.object({ name: z.string(), time: z.number(), author: z.string() })) })
  .describe('Names, not values.')

export const secretSet: z.ZodType<SecretSet> = z.object({ name: z.string() }).describe('Every host has it.')

export const secretRemoved: z.ZodType<SecretRemoved> = z
  .object({ removed: z.boolean() })
  .describe('Whether there was one.')
