// What values of settings may be, read from the text of a flag or a variable. Errors say what is allowed.
import { z } from 'zod'
import { COMPATIBILITY_FLAGS, type CompatibilityFlag } from '../version.ts'

/** Digits only: `Number` would read "" as 0 and "0x10" as 16. */
export function integer(min: number, max: number): z.ZodType<number> {
  const error = `it must be an integer from ${min} to ${max}`
  return z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?\d+$/)
          .transform(Number),
      ],
      { error },
    )
    .refine((value) => Number.isSafeInteger(value) && value >= min && value <= max, { error })
}

export function choice<const T extends readonly string[]>(values: T): z.ZodType<T[number]> {
  return z.enum(values, { error: `it must be one of ${values.join(', ')}` })
}

/** Longest delay a timer of Node has. */
export const MAX_MS: number = 2 ** 31 - 1
export const MAX_MB: number = 16_777_216
export const list: z.ZodType<string[]> = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((item) => item.trim())
          .filter(Boolean)
      : value,
  z.array(z.string()),
)

export const compatibilityFlags: z.ZodType<CompatibilityFlag[]> = list.pipe(
  z.array(z.enum(COMPATIBILITY_FLAGS, { error: `it must be a list of ${COMPATIBILITY_FLAGS.join(', ')}` })),
)

export const domain: z.ZodType<string> = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/, { error: 'it must be a host name without a port' })

export const hostNames: z.ZodType<string[]> = list.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9.-]+$/, { error: 'it must be a list of host names without ports' }),
  ),
)

/** A flag says yes by being there, a variable by its text. */
export const yes: z.ZodType<boolean> = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
    error: 'it must be true or false',
  })
  .default(false)

/** Long enough that nobody guesses it; the rest of a header's value would not arrive as it is. */
export const adminToken: z.ZodType<string> = z.string().regex(/^[\w.~+/=-]{32,200}$/, {
  error: 'it must have 32 to 200 letters, digits and characters of -._~+/=',
})

export const serverUrl: z.ZodType<string> = z
  .string()
  .regex(/^https?:\/\/[^/]/, { error: 'it must begin with http:// or https://' })
