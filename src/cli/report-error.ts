// Errors for people at a terminal: what is wrong and with what; a stack only when asked for.
import { IsopodError } from '../errors.ts'
import { terminalText } from '../wire/terminal-text.ts'

export function reportError(error: unknown, options: { readonly stack: boolean }): void {
  // The message may be what a worker threw at its top level.
  const known = error instanceof IsopodError
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`isopod: ${terminalText(text)}${known ? ` [${error.code}]` : ''}\n`)
  if (options.stack && error instanceof Error && error.stack !== undefined)
    process.stderr.write(`${terminalText(error.stack)}\n`)
}
