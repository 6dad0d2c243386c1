// The program of a thread that has the KV file open: one writes, another one reads. Group commit: what arrives while a
// commit is under way goes into the next transaction together, and each write is acknowledged after its commit.
import { type MessagePort, parentPort, type TransferListItem, workerData } from 'node:worker_threads'
import { IsopodError } from '../../errors.ts'
import { openDatabase } from '../database.ts'
import { type KvFile, kvFile } from './kv-file.ts'
import { KV_MIGRATIONS } from './kv-migrations.ts'
import type { KvRead, KvThreadAnswer, KvThreadCall, KvThreadData, KvWrite } from './kv-thread-messages.ts'

const SWEEP_EVERY_MS = 1000
/** Larger ones are worth being handed over. */
const COPIED_BYTES = 16 * 1024

const port = parentPort as MessagePort
const { path, quotaBytes, role } = workerData as KvThreadData
const database = openDatabase(path, KV_MIGRATIONS)
const file: KvFile = kvFile(database, { quotaBytes })

function send(answer: KvThreadAnswer, bytes?: unknown): void {
  const isOwn = bytes instanceof Uint8Array && bytes.byteLength > COPIED_BYTES
  const isWhole = isOwn && bytes.byteLength === bytes.buffer.byteLength
  port.postMessage(answer, isWhole ? [bytes.buffer as unknown as TransferListItem] : [])
}

function failure(id: number, error: unknown): KvThreadAnswer {
  if (error instanceof IsopodError) return { type: 'failed', id, code: error.code, message: error.message }
  const reason = error instanceof Error ? error.message : String(error)
  return { type: 'failed', id, code: 'STORE_FAILED', message: `The KV store failed: ${reason}.` }
}

function read(call: KvRead): { readonly result: unknown; readonly bytes?: unknown } {
  switch (call.type) {
    case 'get': {
      const result = file.get(call.scope, call.key)
      return { result, bytes: result?.value }
    }
    case 'part': {
      const result = file.part(call.scope, call.part)
      return { result, bytes: result }
    }
    case 'list':
      return { result: file.list(call.scope, call.listing) }
    case 'namespaces':
      return { result: file.namespaces(call.tenant) }
  }
}

interface Write {
  readonly id: number
  readonly call: KvWrite
}

let waiting: Write[] = []

function write({ id, call }: Write): KvThreadAnswer {
  try {
    if (call.type === 'put') file.put(call.scope, call.put)
    else file.delete(call.scope, call.key)
    return { type: 'done', id, result: undefined }
  } catch (error) {
    // Nothing has changed for this one. Whatever else goes wrong, goes wrong for the whole transaction.
    if (error instanceof IsopodError) return failure(id, error)
    throw error
  }
}

function commit(): void {
  const group = waiting
  waiting = []
  let answers: KvThreadAnswer[]
  try {
    answers = database.transaction(() => group.map(write))
  } catch (error) {
    answers = group.map(({ id }) => failure(id, error))
  }
  for (const answer of answers) send(answer)
}

/** A step at a time: writes have their turn between two. */
function sweep(): void {
  let isMore = false
  try {
    isMore = file.sweep()
  } catch {
    // The disk is full, say; what has expired is given to nobody meanwhile.
  }
  if (isMore) setImmediate(sweep)
  else setTimeout(sweep, SWEEP_EVERY_MS)
}

port.on('message', ({ call, id }: KvThreadCall) => {
  if (call.type === 'put' || call.type === 'delete') {
    waiting.push({ id, call })
    if (waiting.length === 1) setImmediate(commit)
    return
  }
  try {
    const { bytes, result } = read(call)
    send({ type: 'done', id, result }, bytes)
  } catch (error) {
    send(failure(id, error))
  }
})
send({ type: 'ready' })
if (role === 'writes') sweep()
