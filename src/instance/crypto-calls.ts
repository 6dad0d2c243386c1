// SubtleCrypto for an instance's tasks. Work is bounded before it starts and goes on threads of Node's; its result is
// delivered if the task is still there. Keys belong to the instance: a worker may keep one for later tasks.
import { timingSafeEqual, webcrypto } from 'node:crypto'
import { MAX_KEY_BYTES, MAX_KEYS } from '../bridge/crypto-call.ts'
import type { Crossing } from '../bridge/entries.ts'
import { costOf, type CryptoCost, CryptoLimitError } from '../ops/crypto/crypto-cost.ts'
import { kindOf } from '../ops/crypto/crypto-kind.ts'
import { cryptoFailureText, packResult, TooManyKeys } from '../ops/crypto/crypto-result.ts'
import { type CryptoCall, readCall, readSupports, type SentCall } from '../ops/crypto/read-call.ts'
import { freeBytes } from '../ops/free-bytes.ts'
import { type ThreadJob, threadWork } from '../ops/thread-work.ts'
import type { CallTarget, OpResult } from './call-target.ts'
import { workFor } from './host-work.ts'
import { KeyTable } from './key-table.ts'
import type { TaskRun } from './task-run.ts'

const MIB = 1024 * 1024
const TOO_MANY_KEYS = `QuotaExceededError\nKey limit: a worker may hold ${MAX_KEYS} CryptoKeys of ${MAX_KEY_BYTES / MIB} MiB together, and has as many. Import keys once and keep them, or let go of those you no longer need.`

type SubtleMethod = (...args: readonly unknown[]) => Promise<unknown>
const subtle = webcrypto.subtle as unknown as Readonly<Record<string, SubtleMethod>>
const { supports } = webcrypto.subtle.constructor as unknown as {
  readonly supports: (operation: string, ...args: unknown[]) => boolean
}

/** The keys of an instance, and the memory of its calls under way. */
export class CryptoCalls {
  readonly keys: KeyTable = new KeyTable()
  bytesUnderWay = 0

  close(): void {
    this.keys.clear()
  }
}

export function startCryptoCall(
  target: CallTarget,
  run: TaskRun,
  { id, ...sent }: SentCall & { readonly id: number },
): string | undefined {
  const { crypto, services } = target
  const prepared = prepare(crypto, sent)
  if (typeof prepared === 'string') return prepared
  const { call, cost } = prepared
  const limitMb = run.prepared.limits.heapMb
  if (crypto.bytesUnderWay + cost.bytes > limitMb * MIB) {
    return `QuotaExceededError\nCrypto limit: calls of crypto.subtle that are under way may have ${limitMb} MiB of data together, as much as the heap. Wait for some before starting more, or give them less.`
  }
  crypto.bytesUnderWay += cost.bytes
  const deliver = (finishing: () => OpResult): void => {
    crypto.bytesUnderWay -= cost.bytes
    // Nobody would let go of the keys of a task that has ended.
    if (!target.ops.has(id)) return freeData(sent)
    const result = workFor(target, run, () => {
      freeData(sent)
      return finishing()
    })
    target.deliver(id, result)
  }
  const finish = (working: Promise<unknown>): Promise<void> =>
    working.then(
      (result) => deliver(() => pack(crypto, call, result)),
      (error: unknown) => deliver(() => failure(error)),
    )
  if (cost.us === 0) {
    target.ops.add(id, run, () => undefined)
    void finish(perform(call))
    return undefined
  }
  let job: ThreadJob | undefined
  const work = (): Promise<void> => {
    const started = threadWork.begin(kindOf(call), cost.us)
    job = started
    const ended = (how: 'done' | 'failed'): void => {
      const usedUs = started.end(how, call)
      if (target.ops.has(id)) run.charge(usedUs)
    }
    const working = workFor(target, run, () => perform(call))
    working.then(
      () => ended('done'),
      () => ended('failed'),
    )
    return finish(working)
  }
  const giveUp = services.cryptoLines.run(run.prepared.version.tenant, cost.us, work)
  target.ops.add(id, run, () => {
    if (giveUp()) crypto.bytesUnderWay -= cost.bytes
    // What has begun goes on, and the record of the task will not wait for it.
    else run.charge(job?.expectedUs ?? 0)
  })
  return undefined
}

export function releaseKey({ crypto }: CallTarget, handle: number): undefined {
  crypto.keys.release(handle)
}

/** 1 for an operation that the host supports and our bounds allow. */
export function cryptoSupports({ crypto }: CallTarget, text: Crossing, parameters: Crossing): number {
  try {
    const call = readSupports(text, parameters, (handle) => crypto.keys.get(handle))
    costOf(call)
    return supports.call(webcrypto.subtle.constructor, call.method, ...call.args) ? 1 : 0
  } catch {
    return 0
  }
}

export function compareBytes(a: Crossing, b: Crossing): number {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array) || a.length !== b.length) return 0
  return timingSafeEqual(a, b) ? 1 : 0
}

/** The call and what it costs, or why it is refused. */
function prepare(
  { keys }: CryptoCalls,
  sent: SentCall,
): { readonly call: CryptoCall; readonly cost: CryptoCost } | string {
  try {
    const call = readCall(sent, (handle) => keys.get(handle))
    return { call, cost: costOf(call) }
  } catch (error) {
    if (error instanceof CryptoLimitError) return cryptoFailureText(error)
    return 'OperationError\nThe call is larger than a call may be, or has a key that is gone.'
  }
}

function freeData({ data }: SentCall): void {
  for (const bytes of data) if (bytes instanceof Uint8Array) freeBytes(bytes)
}

function perform({ method, args }: CryptoCall): Promise<unknown> {
  return Reflect.apply(subtle[method] as SubtleMethod, webcrypto.subtle, args)
}

function pack({ keys }: CryptoCalls, call: CryptoCall, result: unknown): OpResult {
  try {
    return { ok: true, ...packResult(call, result, (made) => keys.add(made)) }
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): OpResult {
  return { ok: false, first: error instanceof TooManyKeys ? TOO_MANY_KEYS : cryptoFailureText(error) }
}
