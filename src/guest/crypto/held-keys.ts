// The keys this context has at the host. Nobody is told when a program lets go of one (finalizers would run without a time
// limit), so once there are as many as there may be, garbage is collected, on that task's own time, and the host is told
// which keys are out of reach. What was made in one run of a task's code is not collected before that run is over.
import { MAX_KEY_BYTES, MAX_KEYS } from '../../bridge/crypto-call.ts'
import { OP } from '../../bridge/ops.ts'
import { bareList } from '../list.ts'
import { collectGarbage } from '../memory/collect-garbage.ts'
import { ArrayPrototypePush, WeakRefConstructor, WeakRefPrototypeDeref } from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import type { KeySlots } from './crypto-key.ts'

interface HeldKey {
  readonly slots: WeakRef<KeySlots>
  readonly handle: number
  readonly bytes: number
}

/** A key takes about as much as that and what it was made of. */
const KEY_BYTES = 8192

let held = bareList<HeldKey>()
let heldBytes = 0
/** Keys that calls under way will make. */
let expected = 0

/** To be called before a call that makes keys; the host is the one to refuse it if there is no room after all. */
export function expectKeys(count: number, bytes: number): void {
  const keysAfter = held.length + expected + count
  if (keysAfter > MAX_KEYS || heldBytes + (expected + count) * KEY_BYTES + bytes > MAX_KEY_BYTES) releaseUnreachable()
  expected += count
}

/** The call has made its keys, or failed. */
export function expectNoMore(count: number): void {
  expected -= count
}

export function holdKey(slots: KeySlots): void {
  const { handle, bytes } = slots
  ArrayPrototypePush(held, { slots: new WeakRefConstructor(slots), handle, bytes })
  heldBytes += bytes
}

function releaseUnreachable(): void {
  // Before anything is looked at: what was looked at is not collected.
  collectGarbage()
  const reachable = bareList<HeldKey>()
  heldBytes = 0
  for (let i = 0; i < held.length; i++) {
    const key = held[i] as HeldKey
    if (WeakRefPrototypeDeref(key.slots) === undefined) {
      hostCall(OP.releaseKey, key.handle)
      continue
    }
    ArrayPrototypePush(reachable, key)
    heldBytes += key.bytes
  }
  held = reachable
}
