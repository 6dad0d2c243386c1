// The code caches of the guest's scripts, made once per installation by a process that never runs tenant code: it
// evaluates the guest in a context of Node's own and takes it through typical tasks first, so that functions compiled on
// the way are in them (first use 8.3 → 0.9 ms against a cache made right after compiling). V8 accepts them in isolates of
// any kind as long as version and flags agree.
//
// Hosts may start no process and write no file, so whoever starts them calls `prepareGuestCache` first.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { arch } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { BUILD_FOLDER, programPath } from '../programs.ts'
import { ENGINE_FLAGS } from './engine-flags.ts'

/** One of something for the script that every context begins with, and for each part by name. */
export interface GuestScripts<T> {
  readonly main: T
  readonly parts: ReadonlyMap<string, T>
}

type Caches = GuestScripts<Uint8Array<ArrayBuffer>>

export function guestSources(): GuestScripts<string> {
  const parts = JSON.parse(readFileSync(join(BUILD_FOLDER, 'guest-parts.json'), 'utf8')) as Record<string, string>
  return { main: readFileSync(join(BUILD_FOLDER, 'guest.js'), 'utf8'), parts: new Map(Object.entries(parts)) }
}

/**
 * Makes the caches unless they are there, and returns the folder they are in. That is `fallbackFolder` where the
 * installation is read-only: one hosts may read and not write, since V8 believes what is in a cache. Undefined: in neither.
 */
export function prepareGuestCache(fallbackFolder?: string): string | undefined {
  const folders = fallbackFolder === undefined ? [BUILD_FOLDER] : [BUILD_FOLDER, fallbackFolder]
  const sources = guestSources()
  const name = cacheName(sources)
  const found = folders.find((folder) => readCaches(join(folder, name)) !== undefined)
  if (found !== undefined) return found
  const bytes = makeCaches(sources)
  return folders.find((folder) => writeCaches(join(folder, name), bytes))
}

/** Undefined where there are none and this process may not make them: a host works without, and starts instances slower. */
export function guestCaches(sources: GuestScripts<string>, folder: string = BUILD_FOLDER): Caches | undefined {
  const path = join(folder, cacheName(sources))
  const found = readCaches(path)
  if (found !== undefined) return found
  if (!mayStartProcesses()) return undefined
  const made = makeCaches(sources)
  writeCaches(path, made)
  return deserialize(made) as Caches
}

function cacheName({ main, parts }: GuestScripts<string>): string {
  const key = createHash('sha256')
    .update(main)
    .update(JSON.stringify([...parts]))
    .update(process.versions.v8)
    .update(ENGINE_FLAGS.join(' '))
    .digest('hex')
  return `guest-${arch()}-${key.slice(0, 16)}.cache`
}

function readCaches(path: string): Caches | undefined {
  try {
    return deserialize(readFileSync(path)) as Caches
  } catch {
    return undefined
  }
}

/** False where the folder is read-only. */
function writeCaches(path: string, bytes: Buffer): boolean {
  try {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(`${path}.${process.pid}`, bytes)
    renameSync(`${path}.${process.pid}`, path)
    return true
  } catch {
    return false
  }
}

/** @returns the serialized caches */
function makeCaches(sources: GuestScripts<string>): Buffer {
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    [...ENGINE_FLAGS, programPath('make-guest-cache')],
    {
      input: serialize(sources),
      env: {},
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`the guest's code caches could not be made: ${stderr.toString()}`)
  return stdout
}

function mayStartProcesses(): boolean {
  // Absent where the permission model is off.
  const permission = process.permission as typeof process.permission | undefined
  return permission?.has('child') ?? true
}
