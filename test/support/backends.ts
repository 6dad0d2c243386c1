// One run of a module on a backend, with what most tests do not care about.
import { readFileSync, readdirSync } from 'node:fs'
import type { Backend, ExecuteOptions, RunResult, Workload } from '../../src/backend/backend.ts'

export type RunOptions = Partial<Omit<Workload, 'module'>> & Partial<ExecuteOptions>

/** @param module - its default export is a function of the input */
export function run(backend: Backend, module: string, options: RunOptions = {}): Promise<RunResult> {
  const { log, signal = new AbortController().signal, started, ...rest } = options
  return backend.execute(
    { input: null, timeoutMs: 30_000, memoryMb: 50, ...rest, module },
    { signal, ...(log === undefined ? {} : { log }), ...(started === undefined ? {} : { started }) },
  )
}

/** Ids of the processes below this one. */
export function childrenOf(): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined
    if (parent !== undefined) parents.set(Number(name), parent)
  }
  return [...parents.keys()].filter((id) => isBelow(id, parents))
}

function isBelow(id: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) if (at === process.pid) return true
  return false
}

/** Undefined of one that has ended. */
function parentOf(id: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? undefined : Number(parent)
  } catch {
    return undefined
  }
}
