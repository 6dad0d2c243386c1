// The processes of this machine, as far as `/proc` tells: who is whose child, and who is still there.
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessId {
  readonly pid: number
  /** In ticks since the machine started: a number may be used again, the pair not. */
  readonly startTime: string
  readonly commandLine: string
}

interface Stat extends ProcessId {
  readonly parent: number
  readonly state: string
}

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field, a name in parentheses, may contain anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      commandLine: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
      state: fields[0] ?? '',
      parent: Number(fields[1]),
      startTime: fields[19] ?? '',
    }
  } catch {
    return undefined
  }
}

/** The process and all that it started, at any depth. */
export function familyOf(root: number): ProcessId[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => stat(Number(name)) ?? [])
  const family = all.filter(({ pid }) => pid === root)
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member.pid))
  return family
}

/** Those that still run; what has ended and was not collected does not. */
export function alive(processes: readonly ProcessId[]): ProcessId[] {
  return processes.filter(({ pid, startTime }) => {
    const now = stat(pid)
    return now !== undefined && now.startTime === startTime && now.state !== 'Z'
  })
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}
