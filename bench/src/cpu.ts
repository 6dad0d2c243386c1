// CPU time of a server, its children included, read from outside so that the server does no work for it.
import { execFileSync } from 'node:child_process'
import { descendants, listProc, processTree, readProc } from './process-tree.ts'

/** Nanoseconds on a CPU, by thread; /proc/<pid>/stat counts in steps of 10 ms, too coarse for one round. */
function linuxThreadTimes(pid: number): number {
  let totalNs = 0
  for (const thread of listProc(`${pid}/task`)) {
    totalNs += Number(readProc(`${pid}/task/${thread}/schedstat`)?.split(' ')[0] ?? 0)
  }
  return totalNs / 1000
}

function parsePsTime(text: string): number {
  const [seconds = 0, minutes = 0, hours = 0] = text.split(/[-:]/).map(Number).toReversed()
  return (seconds + 60 * minutes + 3600 * hours) * 1e6
}

function psTree(root: number): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time='], { encoding: 'utf8' }).trim().split('\n')
  const rows = lines.map((line) => line.trim().split(/\s+/))
  const parentOf = new Map(rows.map(([pid, parent]) => [Number(pid), Number(parent)]))
  const times = new Map(rows.map(([pid, , time]) => [Number(pid), parsePsTime(time ?? '0')]))
  return descendants(root, parentOf).reduce((total, pid) => total + (times.get(pid) ?? 0), 0)
}

/** User and system time of a process and its descendants so far, in microseconds. Threads that ended do not count. */
export function processTreeCpuUs(pid: number): number {
  if (process.platform !== 'linux') return psTree(pid)
  return processTree(pid).reduce((total, each) => total + linuxThreadTimes(each), 0)
}

/** CPU time of the threads that Node shares among crypto, compression and files, in microseconds; on Linux only. */
export function threadPoolCpuUs(): number {
  let totalNs = 0
  for (const thread of listProc('self/task')) {
    if (readProc(`self/task/${thread}/comm`)?.trim() !== 'libuv-worker') continue
    totalNs += Number(readProc(`self/task/${thread}/schedstat`)?.split(' ')[0] ?? 0)
  }
  return totalNs / 1000
}
