// A crash writes memory, with tenants' secrets in it, to wherever the machine keeps core dumps. Not that of a host.
import { readFileSync } from 'node:fs'
import type { Tool } from './find-tool.ts'

/** One byte, not none: 0 stops files but not a core_pattern that is a program; at 1 the kernel makes neither. */
const LIMIT = '1'

/** Nothing where the limit is 0 already: only root could raise it. */
export function limitCoreDumps(prlimit: Tool): string[] {
  return hardLimit() === '0' ? [] : [prlimit.path, `--core=${LIMIT}:${LIMIT}`, '--']
}

/** Whether a process with this limit leaves no dump. */
export function preventsCoreDumps(limit: string | undefined): boolean {
  return limit === LIMIT || (limit === '0' && !isDumpedToProgram())
}

/** Of this process. */
export function coreLimit(): string | undefined {
  return limits()?.[0]
}

function hardLimit(): string | undefined {
  return limits()?.[1]
}

function limits(): string[] | undefined {
  return /^Max core file size\s+(\S+)\s+(\S+)/m.exec(read('/proc/self/limits'))?.slice(1)
}

function isDumpedToProgram(): boolean {
  return read('/proc/sys/kernel/core_pattern').startsWith('|')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
