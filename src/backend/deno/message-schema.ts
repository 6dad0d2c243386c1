// What the backend takes from its program in Deno, which may have been taken over.
import { z } from 'zod'
import {
  type FromDeno,
  LOG_LEVELS,
  MAX_LOG_CHARACTERS,
  MAX_OUTPUT_CHARACTERS,
  MAX_TEXT_CHARACTERS,
} from './deno-messages.ts'

const id = z.int().nonnegative()
const amount = z.number().nonnegative()
const text = z.string().max(MAX_TEXT_CHARACTERS)

export const fromDeno: z.ZodType<FromDeno> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), version: z.string().max(100) }),
  z.strictObject({ type: z.literal('pong'), made: id, left: id }),
  z.strictObject({ type: z.literal('created'), id, createMs: amount, waitMs: amount }),
  z.strictObject({ type: z.literal('started'), id, loadMs: amount }),
  z.strictObject({
    type: z.literal('log'),
    id,
    level: z.enum(LOG_LEVELS),
    message: z.string().max(MAX_LOG_CHARACTERS),
  }),
  z.strictObject({
    type: z.literal('done'),
    id,
    runMs: amount,
    heapBytes: amount,
    output: z.string().max(MAX_OUTPUT_CHARACTERS).exactOptional(),
    problem: z
      .strictObject({
        kind: z.enum(['load', 'exception', 'output', 'size']),
        name: text,
        message: text,
        stack: text,
      })
      .exactOptional(),
  }),
  z.strictObject({ type: z.literal('ended'), id, made: id }),
])
