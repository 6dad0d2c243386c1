// The only way out of the isolate: one function of the host, held here and nowhere else.
import type { Crossing } from '../../bridge/entries.ts'
import type { OpCode } from '../../bridge/ops.ts'

export type HostCall = (op: OpCode, id: number, a?: Crossing, b?: Crossing, c?: Crossing, d?: Crossing) => Crossing

// Modules of the guest are evaluated before the host is known; calling earlier is a bug of the guest.
export let hostCall: HostCall = () => {
  throw new Error('the guest is not connected to a host')
}

export function connectHost(call: HostCall): void {
  hostCall = call
}
