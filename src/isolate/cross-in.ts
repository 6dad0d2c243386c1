// Values on their way into an isolate. Text and numbers cross as they are; bytes are handed over, not copied, so whoever
// gives them keeps nothing.
import ivm from 'isolated-vm'
import type { Crossing } from '../bridge/entries.ts'

export function crossIn(value: Crossing): unknown {
  if (typeof value !== 'object') return value
  return new ivm.ExternalCopy(value, { transferOut: true }).copyInto({ release: true, transferIn: true })
}
