// `iterable<K, V>` of Web IDL: keys, values, entries, forEach and @@iterator over a live list of pairs.
// https://webidl.spec.whatwg.org/#js-iterable
import {
  ObjectDefineProperty,
  ObjectGetPrototypeOf,
  ObjectSetPrototypeOf,
  ReflectApply,
  ReflectDeleteProperty,
  SymbolIterator,
  SymbolToStringTag,
  TypeErrorConstructor,
} from '../primordials.ts'
import { requireArguments } from './convert.ts'

type Pair = readonly [unknown, unknown]

/** How to read the pairs of an object of the class; `pairs` throws a TypeError for any other object. */
interface PairSource<T> {
  pairs(self: T): readonly Pair[]
  /** Changes whenever the pairs may have changed. Absent: they are read again at every step. */
  revision?(self: T): number
}

type Kind = 'key' | 'value' | 'key+value'

const IteratorPrototype = ObjectGetPrototypeOf(ObjectGetPrototypeOf([][Symbol.iterator]()) as object) as object

export function definePairIterable<T extends object>(
  constructor: { readonly prototype: T },
  name: string,
  source: PairSource<T>,
): void {
  class PairIterator {
    readonly #target: T
    readonly #kind: Kind
    #index = 0
    #pairs: readonly Pair[]
    #revision: number | undefined

    constructor(target: T, kind: Kind) {
      this.#target = target
      this.#kind = kind
      this.#pairs = source.pairs(target)
      this.#revision = source.revision?.(target)
    }

    next(): IteratorResult<unknown> {
      if (typeof this !== 'object' || this === null || !(#target in this)) {
        throw new TypeErrorConstructor(`next was called on an object that is no ${name} Iterator.`)
      }
      const revision = source.revision?.(this.#target)
      if (revision === undefined || revision !== this.#revision) {
        this.#revision = revision
        this.#pairs = source.pairs(this.#target)
      }
      const pair = this.#pairs[this.#index]
      if (pair === undefined) return { value: undefined, done: true }
      this.#index += 1
      const value = this.#kind === 'key' ? pair[0] : this.#kind === 'value' ? pair[1] : [pair[0], pair[1]]
      return { value, done: false }
    }
  }

  const iteratorPrototype = PairIterator.prototype
  ObjectSetPrototypeOf(iteratorPrototype, IteratorPrototype)
  ReflectDeleteProperty(iteratorPrototype, 'constructor')
  ObjectDefineProperty(iteratorPrototype, 'next', { enumerable: true })
  ObjectDefineProperty(iteratorPrototype, SymbolToStringTag, { value: `${name} Iterator`, configurable: true })

  const create = (target: T, kind: Kind): unknown => new PairIterator(target, kind)
  const methods = {
    entries(this: T) {
      return create(this, 'key+value')
    },
    keys(this: T) {
      return create(this, 'key')
    },
    values(this: T) {
      return create(this, 'value')
    },
    forEach(this: T, callback: (value: unknown, key: unknown, self: T) => void, thisArg?: unknown) {
      let pairs = source.pairs(this)
      requireArguments(arguments.length, 1, `${name}.forEach`)
      if (typeof callback !== 'function') throw new TypeErrorConstructor(`${name}.forEach needs a function.`)
      for (let i = 0; i < pairs.length; i++) {
        const pair = pairs[i] as Pair
        ReflectApply(callback, thisArg, [pair[1], pair[0], this])
        pairs = source.pairs(this)
      }
    },
  }
  ObjectDefineProperty(methods.forEach, 'length', { value: 1, configurable: true })
  const { prototype } = constructor
  for (const key of ['entries', 'keys', 'values', 'forEach'] as const) {
    ObjectDefineProperty(prototype, key, {
      value: methods[key],
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  ObjectDefineProperty(prototype, SymbolIterator, {
    value: methods.entries,
    writable: true,
    enumerable: false,
    configurable: true,
  })
}
