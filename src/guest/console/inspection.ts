// The state of one inspection: how much may still be written, and where in the value it is. What is logged is the
// tenant's, the memory it takes is not: everything here is bounded before it is made.
import { ArrayPrototypeIndexOf, ArrayPrototypePush, ArrayPrototypePop } from '../primordials.ts'

export const MAX_LOG_CHARS = 16 * 1024
export const MAX_ENTRIES = 100
const MAX_DEPTH = 4

export class Inspection {
  /** Characters. A hundred entries at each of four levels would be a hundred million of them. */
  remaining: number
  /** Columns that a new line begins with. */
  indent = 0
  /** The level of the object seen last, which tells its ancestors how deep they are. */
  lastDepth = 0
  readonly #ancestors: object[] = []
  readonly #referenced: object[] = []

  /** Deeper objects are shown by their class only. */
  readonly maxDepth: number
  /** An object's own word for itself, where such are asked. */
  readonly describe: ((object: object, depth: number) => string | undefined) | undefined

  constructor(
    remaining: number,
    { maxDepth, describe }: Pick<Inspection, 'maxDepth' | 'describe'> = { maxDepth: MAX_DEPTH, describe: undefined },
  ) {
    this.remaining = remaining
    this.maxDepth = maxDepth
    this.describe = describe
  }

  /** Accounts for a text that goes into the output. */
  spend(text: string): string {
    this.remaining -= text.length
    return text
  }

  isInside(object: object): boolean {
    return ArrayPrototypeIndexOf(this.#ancestors, object) !== -1
  }

  enter(object: object): void {
    ArrayPrototypePush(this.#ancestors, object)
  }

  leave(): void {
    ArrayPrototypePop(this.#ancestors)
  }

  /** The number of an object that something inside it leads back to. */
  refer(object: object): number {
    const index = ArrayPrototypeIndexOf(this.#referenced, object)
    return index === -1 ? ArrayPrototypePush(this.#referenced, object) : index + 1
  }

  /** 0 if nothing led back to the object. */
  referenceOf(object: object): number {
    return ArrayPrototypeIndexOf(this.#referenced, object) + 1
  }
}

/** "... 3 more items": in place of what there is no room for. */
export function more(count: number, noun: 'item' | 'property'): string {
  const plural = noun === 'item' ? 'items' : 'properties'
  return `... ${count} more ${count === 1 ? noun : plural}`
}
