// Where the state of a server lies. Never in the folder that hosts are given to find their sockets in: what tenants gave
// to control is none of theirs.
import { mkdirSync, rmSync } from 'node:fs'
import { dataBeside } from './run-folder.ts'

export interface DataFolder extends Disposable {
  readonly path: string
}

/** @param path - made if need be, and kept; unless given it is a folder that goes with the server's run folder */
export function openDataFolder(path: string | undefined, runFolder: string): DataFolder {
  if (path !== undefined) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return { path, [Symbol.dispose]: () => undefined }
  }
  const folder = dataBeside(runFolder)
  mkdirSync(folder, { mode: 0o700 })
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
