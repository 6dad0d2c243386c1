// Which main host a rarely used worker is loaded in: the one whose number, hashed together with the worker's name, gives the
// most (rendezvous hashing). Every process finds the same one without asking, and one host more takes over its share of the
// workers and moves no other. A slot is a main host's place in the fleet; whoever replaces the host takes over its number.
import type { WorkerAddress } from '../destination.ts'

/** Undefined where there is no slot. */
export function homeSlot({ tenant, worker }: WorkerAddress, slots: Iterable<number>): number | undefined {
  const name = hashOf(`${tenant}/${worker}`)
  let home: number | undefined
  let most = -1
  for (const slot of slots) {
    const weight = mixed(name ^ mixed(slot + 1))
    if (weight <= most) continue
    most = weight
    home = slot
  }
  return home
}

/** FNV-1a over UTF-16 units: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Every bit of a number decides over every bit of the result; the constants are MurmurHash3's. */
function mixed(bits: number): number {
  let hash = bits
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
