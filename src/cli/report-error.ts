// Errors for people at a terminal: what is wrong and with what; a stack only when asked for.
import { IsopodError } from '../errors.ts'

export function reportError(error: unknown, options: { readonly stack: boolean }): void {
  const known = error instanceof IsopodError
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`isopod: ${text}${known ? ` [${error.code}]` : ''}\n`)
  if (options.stack && error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`)
}
