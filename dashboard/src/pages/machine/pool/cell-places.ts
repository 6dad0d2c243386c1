// Where cells are drawn: a cell stays where it is as long as it is there, so that one sees who comes and who goes.

interface Placed {
  readonly slot: number
  readonly entry: { readonly host?: number }
}

/** Of each host, the places that are taken. */
export class Places {
  readonly #taken = new Map<number, Set<number>>()
  readonly #next = new Map<number, number>()

  constructor(cells: readonly Placed[]) {
    for (const { entry, slot } of cells) this.#of(entry.host).add(slot)
  }

  /** The first that is free. */
  take(host = 0): number {
    const taken = this.#of(host)
    let slot = this.#next.get(host) ?? 0
    while (taken.has(slot)) slot += 1
    taken.add(slot)
    this.#next.set(host, slot + 1)
    return slot
  }

  #of(host = 0): Set<number> {
    const known = this.#taken.get(host)
    if (known !== undefined) return known
    const taken = new Set<number>()
    this.#taken.set(host, taken)
    return taken
  }
}

const HOLES_ALLOWED = 24

/** A pool that has become much smaller moves together. */
export function compacted<T extends Placed>(cells: readonly T[]): readonly T[] {
  return [...Map.groupBy(cells, ({ entry }) => entry.host ?? 0).values()].flatMap((ofHost) => {
    const last = ofHost.reduce((highest, { slot }) => Math.max(highest, slot), 0)
    if (last < 2 * ofHost.length + HOLES_ALLOWED) return ofHost
    return ofHost.toSorted((left, right) => left.slot - right.slot).map(atSlot)
  })
}

function atSlot<T extends Placed>(cell: T, slot: number): T {
  return { ...cell, slot }
}
