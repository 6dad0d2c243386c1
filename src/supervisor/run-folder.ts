// The folder with the sockets through which a server's processes reach each other. It goes with the server; what a killed
// server left behind, the next one removes.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

export function createRunFolder(): RunFolder {
  removeLeftovers()
  const path = mkdtempSync(join(tmpdir(), PREFIX))
  writeFileSync(join(path, OWNER_FILE), String(process.pid))
  // To be passed through, not to be listed: what is in it has rights of its own.
  chmodSync(path, 0o711)
  const sockets = { controlSocket: join(path, 'control.sock'), probationSocket: join(path, 'probation.sock') }
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

/** Readable by the supervisor's user alone. */
export function createDataFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return path
}

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const path = join(tmpdir(), name)
    try {
      process.kill(Number(readFileSync(join(path, OWNER_FILE), 'utf8')), 0)
    } catch (error) {
      // Another user's server, or one that is just being started, is not ours to judge.
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(path, { recursive: true, force: true })
    }
  }
}
