// Where the state of a server lies. Never in the folder that hosts are given to find their sockets in: what tenants gave
// to control is none of theirs.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface DataFolder extends Disposable {
  readonly path: string
}

/** @param path - made if need be, and kept; unless given the folder goes with the server */
export function openDataFolder(path: string | undefined): DataFolder {
  if (path !== undefined) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return { path, [Symbol.dispose]: () => undefined }
  }
  const folder = mkdtempSync(join(tmpdir(), 'isopod-data-'))
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
