// The folder with the sockets through which a server's processes reach each other. It goes with the server; what a killed
// server left behind, the next one removes.
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunFolder extends Disposable {
  readonly path: string
  readonly controlSocket: string
  readonly probationSocket: string
  /** Lets that user, and nobody else, connect. */
  giveSockets(user: { readonly uid: number; readonly gid: number } | undefined): void
}

const PREFIX = 'isopod-run-'
const OWNER_FILE = 'supervisor.pid'
const CONTROL_SOCKET = 'control.sock'

export async function createRunFolder(): Promise<RunFolder> {
  await removeLeftovers()
  const path = mkdtempSync(join(tmpdir(), PREFIX))
  writeFileSync(join(path, OWNER_FILE), String(process.pid))
  // To be passed through, not to be listed: what is in it has rights of its own.
  chmodSync(path, 0o711)
  const sockets = { controlSocket: join(path, CONTROL_SOCKET), probationSocket: join(path, 'probation.sock') }
  return {
    path,
    ...sockets,
    giveSockets(user) {
      for (const socket of Object.values(sockets)) {
        chmodSync(socket, 0o600)
        if (user !== undefined) chownSync(socket, user.uid, user.gid)
      }
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** A folder is left over when its supervisor has gone and nobody holds its socket: pids mean little across containers. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const path = join(tmpdir(), name)
    try {
      if (isOwnerAlive(path) || (await isHeld(join(path, CONTROL_SOCKET)))) continue
      rmSync(path, { recursive: true, force: true })
    } catch {
      // Another user's, who has to remove it himself.
    }
  }
}

function isOwnerAlive(path: string): boolean {
  try {
    process.kill(Number(readFileSync(join(path, OWNER_FILE), 'utf8')), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function isHeld(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
