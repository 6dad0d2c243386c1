// The folder with the sockets through which a server's processes reach each other. It goes with the server; what a killed
// server left behind, the next one removes.
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

export interface RunFolder extends Disposable {
  readonly path: string
  readonly controlSocket: string
  readonly kvSocket: string
  readonly probationSocket: string
  /** Of main hosts, for each other. */
  readonly slotSockets: readonly string[]
  /** Lets that user, and nobody else, connect. */
  giveSockets(user: { readonly uid: number; readonly gid: number } | undefined): void
}

const PREFIX = 'isopod-run-'
const OWNER_FILE = 'supervisor.pid'
const CONTROL_SOCKET = 'control.sock'
/** A server has long opened its sockets by then. */
const STARTED_AFTER_MS = 60_000

/** @param slots - main hosts that send each other tasks */
export async function createRunFolder(slots: number = 0): Promise<RunFolder> {
  await removeLeftovers()
  const path = mkdtempSync(join(tmpdir(), PREFIX))
  writeFileSync(join(path, OWNER_FILE), identify(process.pid))
  // To be passed through, not to be listed: what is in it has rights of its own.
  chmodSync(path, 0o711)
  const sockets = {
    controlSocket: join(path, CONTROL_SOCKET),
    kvSocket: join(path, 'kv.sock'),
    probationSocket: join(path, 'probation.sock'),
  }
  const slotSockets = Array.from({ length: slots }, (_, slot) => join(path, `slot-${slot}.sock`))
  return {
    path,
    ...sockets,
    slotSockets,
    giveSockets(user) {
      for (const socket of [...Object.values(sockets), ...slotSockets]) {
        chmodSync(socket, 0o600)
        if (user !== undefined) chownSync(socket, user.uid, user.gid)
      }
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** Where the state lies that goes with a run folder. */
export function dataBeside(runFolder: string): string {
  return join(dirname(runFolder), basename(runFolder).replace(PREFIX, 'isopod-data-'))
}

async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const path = join(tmpdir(), name)
    try {
      if (!(await isLeftover(path))) continue
      for (const folder of [dataBeside(path), path]) rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another user's server, or one that is just being started, is not ours to judge.
    }
  }
}

async function isLeftover(path: string): Promise<boolean> {
  const owner = readFileSync(join(path, OWNER_FILE), 'utf8')
  const [pid, , namespace] = owner.split(' ')
  if (namespace === pidNamespace()) return identify(Number(pid)) !== owner
  // Of a container that shares this folder, or of one that is no more: its process ids say nothing here.
  return Date.now() - statSync(path).mtimeMs > STARTED_AFTER_MS && !(await isListening(join(path, CONTROL_SOCKET)))
}

/** A number may be used again, and in a container it is always 1: the time it was started tells processes apart. */
function identify(pid: number): string {
  return `${pid} ${startTime(pid) ?? 'none'} ${pidNamespace()}`
}

/** Undefined where there is no such process. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return isRunning(pid) ? 'unknown' : undefined
  }
}

/** Where there is no `/proc`. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return 'unknown'
  }
}

function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath)
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')
    })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
