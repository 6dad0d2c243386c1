// Random bytes come from the host in blocks: one call for many small requests.
import { OP } from '../../bridge/ops.ts'
import { Uint8ArrayConstructor } from '../primordials.ts'
import { hostCall } from './host.ts'

export function takeEntropy(): Uint8Array {
  return new Uint8ArrayConstructor(hostCall(OP.entropy, 0) as ArrayBuffer)
}
