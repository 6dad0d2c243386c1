// What is made on first use.
import { ObjectDefineProperty, ObjectGetOwnPropertyDescriptor } from './primordials.ts'

/** Memoises `load`. Calls while it runs get undefined from plain JavaScript semantics, so `load` must not re-enter. */
export function lazy<T>(load: () => T): () => T {
  let value: T | undefined
  return () => (value ??= load())
}

/** Globals of one group that is loaded on first access to any of them; from then on they look like all others. */
export function defineLazyGlobals<Name extends string>(
  scope: object,
  names: readonly Name[],
  load: () => Readonly<Record<Name, unknown>>,
): void {
  const pending = { __proto__: null } as unknown as Record<string, () => unknown>
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as Name
    defineLazyGlobal(scope, name, () => {
      const group = load()
      for (let j = 0; j < names.length; j++) {
        const other = names[j] as Name
        // One that the program has replaced meanwhile stays replaced.
        if (other === name || ObjectGetOwnPropertyDescriptor(scope, other)?.get !== pending[other]) continue
        defineGlobal(scope, other, group[other])
      }
      return group[name]
    })
    pending[name] = ObjectGetOwnPropertyDescriptor(scope, name)?.get as () => unknown
  }
}

/** A global that is made on first access, and looks like any other from then on. */
export function defineLazyGlobal(scope: object, name: string, load: () => unknown): void {
  ObjectDefineProperty(scope, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = load()
      defineGlobal(scope, name, value)
      return value
    },
    set(value: unknown) {
      defineGlobal(scope, name, value)
    },
  })
}

function defineGlobal(scope: object, name: string, value: unknown): void {
  ObjectDefineProperty(scope, name, { configurable: true, enumerable: false, writable: true, value })
}
