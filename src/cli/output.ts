// What commands print: JSON for programs, tables for people.
import type { Command } from 'commander'
import { terminalText } from '../wire/terminal-text.ts'

export function addJsonOption(command: Command): Command {
  return command.option('--json', 'print JSON')
}

export function asksForJson(command: Command): boolean {
  return (command.optsWithGlobals() as { json?: boolean }).json === true
}

/** One document on stdout; `show` says it for people. */
export function print<T>(command: Command, value: T, show: (value: T) => string): void {
  const text = asksForJson(command) ? JSON.stringify(value, undefined, 2) : show(value)
  if (text !== '') process.stdout.write(`${text}\n`)
}

/** Columns as wide as what is in them. Without rows: what there is none of. */
export function table(heads: readonly string[], rows: readonly (readonly unknown[])[], none: string): string {
  if (rows.length === 0) return none
  const cells = [heads, ...rows].map((row) => row.map((cell) => terminalText(String(cell ?? ''))))
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `2026-11-29 18:53:36`, in UTC. @param timeMs - Unix time; 0 where it is not known */
export function timeText(timeMs: number): string {
  return timeMs === 0 ? '' : new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** Something slow is under way; said on a terminal only, and gone from it afterwards. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const { stderr } = process
  if (!stderr.isTTY) return work()
  stderr.write(`${what}…`)
  try {
    return await work()
  } finally {
    stderr.write(`\r${' '.repeat(what.length + 1)}\r`)
  }
}
