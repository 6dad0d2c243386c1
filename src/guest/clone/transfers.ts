// What can be transferred beside buffers. Each kind is known once its module is loaded; before that there are none of it.
import { ArrayPrototypePush } from '../primordials.ts'

export interface Transfer {
  isOne(value: unknown): boolean
  /** What will take the place of the one that goes. @throws DataCloneError where it cannot go, or is the source itself */
  make(from: object, source: unknown): object
  move(from: object, to: object): void
  /** Whether messages list those that came with them. */
  readonly isListed: boolean
}

const transfers: Transfer[] = []

export function addTransfer(transfer: Transfer): void {
  ArrayPrototypePush(transfers, transfer)
}

export function transferOf(value: unknown): Transfer | undefined {
  for (let i = 0; i < transfers.length; i++) if (transfers[i]?.isOne(value) === true) return transfers[i]
  return undefined
}
