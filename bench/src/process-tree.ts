// A process and those it has started, as Linux shows them in /proc.
import { readdirSync, readFileSync } from 'node:fs'

/** A file of /proc, or nothing when the process ended meanwhile. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'latin1')
  } catch {
    return undefined
  }
}

/** What a folder of /proc has, or nothing when the process ended meanwhile. */
export function listProc(path: string): readonly string[] {
  try {
    return readdirSync(`/proc/${path}`)
  } catch {
    return []
  }
}

/** Parents of all processes, by pid. */
function parents(): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const name of listProc('')) {
    if (!/^\d+$/.test(name)) continue
    // A command's name may hold spaces and parentheses; the fields after it do not.
    const stat = readProc(`${name}/stat`)
    if (stat !== undefined) found.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  return found
}

export function descendants(root: number, parentOf: ReadonlyMap<number, number>): readonly number[] {
  const tree = [root]
  // The array grows while it is walked.
  for (const parent of tree) for (const [pid, itsParent] of parentOf) if (itsParent === parent) tree.push(pid)
  return tree
}

/** Pids, its own first. */
export function processTree(root: number): readonly number[] {
  return descendants(root, parents())
}
