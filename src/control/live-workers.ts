// Which versions answer for each worker at present.
import { IsopodError } from '../errors.ts'
import type { Split, VersionRow, WorkerName } from './store.ts'

/** At most so many versions answer for a worker: the one it has, and the one it may get. */
const MAX_SHARES = 2

export class LiveWorkers {
  readonly #splits = new Map<string, Split>()

  constructor(splits: readonly Split[]) {
    for (const split of splits) this.set(split)
  }

  set(split: Split): void {
    const [main] = split
    if (main !== undefined) this.#splits.set(keyOf(main.row), split)
  }

  /** Returns whether there was one. */
  delete(worker: WorkerName): boolean {
    return this.#splits.delete(keyOf(worker))
  }

  split(worker: WorkerName): Split | undefined {
    return this.#splits.get(keyOf(worker))
  }

  splits(): readonly Split[] {
    return [...this.#splits.values()]
  }

  ofTenant(tenant: string): readonly Split[] {
    return this.splits().filter(([main]) => main?.row.tenant === tenant)
  }

  answers({ number, tenant, worker }: VersionRow): boolean {
    return this.split({ tenant, worker })?.some((share) => share.number === number) ?? false
  }
}

export function keyOf({ tenant, worker }: WorkerName): string {
  return `${tenant}/${worker}`
}

/** The largest share first. @throws IsopodError `INVALID_OPTION` where it is no split */
export function toSplit(shares: readonly { readonly row: VersionRow; readonly percent: number }[]): Split {
  const sum = shares.reduce((total, { percent }) => total + percent, 0)
  const areWhole = shares.every(({ percent }) => Number.isInteger(percent) && percent > 0)
  const areDistinct = new Set(shares.map(({ row }) => row.number)).size === shares.length
  if (shares.length < 1 || shares.length > MAX_SHARES || sum !== 100 || !areWhole || !areDistinct) {
    const message = `A deployment names 1 to ${MAX_SHARES} versions, each once, with whole percentages above 0 that add up to 100.`
    throw new IsopodError('INVALID_OPTION', message)
  }
  return shares
    .map(({ percent, row }) => ({ percent, row, number: row.number }))
    .toSorted((a, b) => b.percent - a.percent)
}
