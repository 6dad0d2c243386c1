// Each host's share of the machine's memory.
import { totalmem } from 'node:os'

/** The rest is for the kernel, control, and what else runs on the machine. */
const SHARE_OF_MACHINE = 0.7
/** Below this a host could not hold its own programs. */
const LEAST_MB = 128

/** @param totalMb - for all hosts together; 70 % of what this machine, or this container, has unless given */
export function hostMemoryMb(totalMb: number | undefined, hosts: number): number {
  return Math.max(LEAST_MB, Math.floor((totalMb ?? availableMb() * SHARE_OF_MACHINE) / hosts))
}

function availableMb(): number {
  const machine = totalmem()
  // A container's limit, where there is one; Node gives a number beyond the machine's where there is none.
  const container = process.constrainedMemory()
  return (container > 0 ? Math.min(machine, container) : machine) / 1024 / 1024
}
