// Secrets of workers: encrypted where they are kept, with a key that is kept elsewhere. Whoever sets one cannot read it
// again; only a host of the worker's tier is given them, with a version.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { IsopodError } from '../errors.ts'
import type { Database } from './database.ts'
import { keyOf } from './live-workers.ts'
import type { WorkerName } from './store.ts'

export interface SecretRow {
  readonly name: string
  /** When it was set last, Unix time in milliseconds, and by whom. */
  readonly time: number
  readonly author: string
}

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const MAX_SECRETS = 100
const MAX_VALUE_BYTES = 64 * 1024
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/

export class Secrets {
  readonly #sql: Database['sql']
  readonly #key: Buffer
  /** Grows with each change of a worker's secrets, for which its version has to be loaded anew. */
  readonly #revisions = new Map<string, number>()

  /** @param keyFile - 32 bytes that only the server may read; made where it does not exist */
  constructor({ sql }: Database, keyFile: string) {
    this.#sql = sql
    this.#key = readKey(keyFile)
  }

  /** @throws IsopodError `INVALID_OPTION` */
  set(worker: WorkerName, { name, value, author }: { name: string; value: string; author: string }): void {
    if (!NAME.test(name)) {
      const message = 'A secret is named by letters, digits and "_", and does not begin with a digit; at most 128.'
      throw new IsopodError('INVALID_OPTION', message)
    }
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
      throw new IsopodError('INVALID_OPTION', `A secret has at most ${MAX_VALUE_BYTES} bytes.`)
    }
    const names = this.list(worker).map((row) => row.name)
    if (names.length >= MAX_SECRETS && !names.includes(name)) {
      throw new IsopodError('INVALID_OPTION', `A worker has at most ${MAX_SECRETS} secrets.`)
    }
    this.#sql
      .prepare('INSERT OR REPLACE INTO secrets (tenant, worker, name, value, time, author) VALUES (?, ?, ?, ?, ?, ?)')
      .run(worker.tenant, worker.worker, name, this.#encrypt(worker, name, value), Date.now(), author)
    this.#changed(worker)
  }

  /** Returns whether there was one. */
  remove(worker: WorkerName, name: string): boolean {
    const { changes } = this.#sql
      .prepare('DELETE FROM secrets WHERE tenant = ? AND worker = ? AND name = ?')
      .run(worker.tenant, worker.worker, name)
    if (changes > 0) this.#changed(worker)
    return changes > 0
  }

  removeAll({ tenant, worker }: WorkerName): void {
    this.#sql.prepare('DELETE FROM secrets WHERE tenant = ? AND worker = ?').run(tenant, worker)
  }

  list({ tenant, worker }: WorkerName): readonly SecretRow[] {
    return this.#sql
      .prepare('SELECT name, time, author FROM secrets WHERE tenant = ? AND worker = ? ORDER BY name')
      .all(tenant, worker)
      .map((row) => ({ name: String(row['name']), time: Number(row['time']), author: String(row['author']) }))
  }

  /** @throws IsopodError `STORE_FAILED` where they were encrypted with another key */
  values(worker: WorkerName): Readonly<Record<string, string>> {
    const rows = this.#sql
      .prepare('SELECT name, value FROM secrets WHERE tenant = ? AND worker = ?')
      .all(worker.tenant, worker.worker)
    return Object.fromEntries(
      rows.map((row) => [String(row['name']), this.#decrypt(worker, String(row['name']), row['value'] as Uint8Array)]),
    )
  }

  revision(worker: WorkerName): number {
    return this.#revisions.get(keyOf(worker)) ?? 0
  }

  #changed(worker: WorkerName): void {
    this.#revisions.set(keyOf(worker), this.revision(worker) + 1)
  }

  #encrypt(worker: WorkerName, name: string, value: string): Buffer {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(boundTo(worker, name))
    const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), text])
  }

  #decrypt(worker: WorkerName, name: string, value: Uint8Array): string {
    const iv = value.subarray(0, IV_BYTES)
    const tag = value.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, iv).setAAD(boundTo(worker, name)).setAuthTag(tag)
      const text = Buffer.concat([decipher.update(value.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
      return text.toString('utf8')
    } catch (error) {
      const message = `The secret "${name}" of the worker "${worker.worker}" cannot be decrypted: the key is not the one it was set with. Set it again.`
      throw new IsopodError('STORE_FAILED', message, { cause: error })
    }
  }
}

/** A value that is moved to another row of the database does not decrypt there. */
function boundTo({ tenant, worker }: WorkerName, name: string): Buffer {
  return Buffer.from(JSON.stringify([tenant, worker, name]))
}

function readKey(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = readFileSync(file)
  if (key.length !== KEY_BYTES) {
    throw new IsopodError(
      'STORE_FAILED',
      `${file} is no key for secrets: it has ${key.length} bytes instead of ${KEY_BYTES}.`,
    )
  }
  return key
}
