// What the processes of a server hold: resident memory and open files, by what each process is for.
import { listProc, processTree, readProc } from './process-tree.ts'

const ROLES = ['supervisor', 'control', 'host', 'compiler', 'other'] as const
export type Role = (typeof ROLES)[number]

export interface ProcessFootprint {
  readonly pid: number
  readonly role: Role
  readonly residentMb: number
  readonly openFiles: number
}

const PROGRAMS: readonly (readonly [program: string, role: Role])[] = [
  ['/programs/host.cjs', 'host'],
  ['/programs/control.js', 'control'],
  ['/programs/compile-scripts.js', 'compiler'],
]

/** The wrapper of a sandbox names the host's program too, and is none. */
function roleOf(commandLine: string): Role {
  const words = commandLine.split('\0').filter((word) => word !== '')
  if (words[0]?.endsWith('/bwrap') === true) return 'other'
  return PROGRAMS.find(([program]) => words.some((word) => word.endsWith(program)))?.[1] ?? 'other'
}

function residentMb(pid: number): number | undefined {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`${pid}/status`) ?? '')?.[1]
  return kb === undefined ? undefined : Number(kb) / 1024
}

/** Of the supervisor with this pid and all it has started. Pages that several share are counted for each. */
export function footprint(supervisor: number): readonly ProcessFootprint[] {
  return processTree(supervisor).flatMap((pid) => {
    const resident = residentMb(pid)
    if (resident === undefined) return []
    const role = pid === supervisor ? 'supervisor' : roleOf(readProc(`${pid}/cmdline`) ?? '')
    return [{ pid, role, residentMb: resident, openFiles: listProc(`${pid}/fd`).length }]
  })
}

/** Of all processes, or of those with a role. */
export function totalMb(processes: readonly ProcessFootprint[], role?: Role): number {
  return processes.reduce(
    (total, each) => (role === undefined || each.role === role ? total + each.residentMb : total),
    0,
  )
}
