// The places of main hosts that send each other tasks. Whoever serves in the stead of another takes over its slot, and so
// the workers that are at home there; for a moment two hosts accept on its socket.
import { randomUUID } from 'node:crypto'
import type { HostProcess } from './host-process.ts'
import type { HeldSocket } from './sockets.ts'

export class Slots {
  readonly #sockets: readonly HeldSocket[]
  /** What main hosts know each other by: the host on probation may reach their sockets too. */
  readonly #key: string = randomUUID()

  /** @param sockets - none where there is one main host */
  constructor(sockets: readonly HeldSocket[]) {
    this.#sockets = sockets
  }

  /** One that no host serves in; undefined where there is none. */
  free(hosts: Iterable<HostProcess>): number | undefined {
    const taken = new Set<number | undefined>()
    for (const { slot, state } of hosts) if (state === 'opening' || state === 'serving') taken.add(slot)
    return [...this.#sockets.keys()].find((slot) => !taken.has(slot))
  }

  give(host: HostProcess, slot: number | undefined): void {
    const socket = slot === undefined ? undefined : this.#sockets[slot]
    if (slot !== undefined && socket !== undefined) host.takeSlot({ slot, key: this.#key }, socket)
  }
}
