// The guest's code cache, made once per installation by a process that never runs tenant code: it evaluates the guest in
// a context of Node's own and takes it through typical tasks first, so that functions compiled on the way are in it
// (first use 8.3 → 0.9 ms against a cache made right after compiling). V8 accepts it in isolates of any kind as long as
// version and flags agree.
//
// Hosts may start no process and write no file, so whoever starts them calls `prepareGuestCache` first.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { arch } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ENGINE_FLAGS } from './engine-flags.ts'

const buildFolder = fileURLToPath(new URL('../../build/', import.meta.url))

export function guestSource(): string {
  return readFileSync(join(buildFolder, 'guest.js'), 'utf8')
}

/**
 * Makes the cache unless it is there, and returns the folder it is in. That is `fallbackFolder` where the installation is
 * read-only: one hosts may read and not write, since V8 believes what is in a cache. Undefined: in neither.
 */
export function prepareGuestCache(fallbackFolder?: string): string | undefined {
  const folders = fallbackFolder === undefined ? [buildFolder] : [buildFolder, fallbackFolder]
  const name = cacheName(guestSource())
  const found = folders.find((folder) => readCache(join(folder, name)) !== undefined)
  if (found !== undefined) return found
  const bytes = makeCache(guestSource())
  return folders.find((folder) => writeCache(join(folder, name), bytes))
}

/** Undefined where there is none and this process may not make it: a host works without, and starts instances slower. */
export function guestCache(source: string, folder: string = buildFolder): ArrayBuffer | undefined {
  const path = join(folder, cacheName(source))
  const found = readCache(path)
  if (found !== undefined) return exactBuffer(found)
  if (!mayStartProcesses()) return undefined
  const made = makeCache(source)
  writeCache(path, made)
  return exactBuffer(made)
}

function cacheName(source: string): string {
  const key = createHash('sha256')
    .update(source)
    .update(process.versions.v8)
    .update(ENGINE_FLAGS.join(' '))
    .digest('hex')
  return `guest-${arch()}-${key.slice(0, 16)}.cache`
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** False where the folder is read-only. */
function writeCache(path: string, bytes: Buffer): boolean {
  try {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(`${path}.${process.pid}`, bytes)
    renameSync(`${path}.${process.pid}`, path)
    return true
  } catch {
    return false
  }
}

function makeCache(source: string): Buffer {
  const maker = fileURLToPath(new URL(`./make-guest-cache${extname(import.meta.url)}`, import.meta.url))
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [...ENGINE_FLAGS, maker], {
    input: source,
    env: {},
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`the guest's code cache could not be made: ${stderr.toString()}`)
  return stdout
}

function mayStartProcesses(): boolean {
  // Absent where the permission model is off.
  const permission = process.permission as typeof process.permission | undefined
  return permission?.has('child') ?? true
}

function exactBuffer(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
