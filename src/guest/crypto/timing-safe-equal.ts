// Compares secrets. The host does it: nobody promises how long compiled JavaScript takes.
import { OP } from '../../bridge/ops.ts'
import { TypedArrayPrototypeGetByteLength, TypeErrorConstructor } from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import { requireArguments } from '../webidl/convert.ts'
import { exactBytes, toBufferSource } from './byte-copies.ts'

export function timingSafeEqual(given: ArrayLike<unknown>): boolean {
  requireArguments(given.length, 2, 'timingSafeEqual')
  const a = exactBytes(toBufferSource(given[0], 'What timingSafeEqual compares'))
  const b = exactBytes(toBufferSource(given[1], 'What timingSafeEqual compares'))
  const length = TypedArrayPrototypeGetByteLength(a)
  const other = TypedArrayPrototypeGetByteLength(b)
  if (length !== other) {
    throw new TypeErrorConstructor(`timingSafeEqual needs as many bytes of both, and has ${length} and ${other}.`)
  }
  return hostCall(OP.timingSafeEqual, 0, a, b) === 1
}
