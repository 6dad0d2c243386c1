// Parts of the platform that few workers use are wrapped by the bundler and run on first use. A static import of such a
// module anywhere in the guest would make it eager again: reach it through its `lazy` accessor only.
import { ObjectDefineProperty } from './primordials.ts'

/** Memoises `load`. Calls while it runs get undefined from plain JavaScript semantics, so `load` must not re-enter. */
export function lazy<T>(load: () => T): () => T {
  let value: T | undefined
  return () => (value ??= load())
}

/** A global that is made on first access, and looks like any other from then on. */
export function defineLazyGlobal(scope: object, name: string, load: () => unknown): void {
  ObjectDefineProperty(scope, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = load()
      define(value)
      return value
    },
    set: define,
  })
  function define(value: unknown): void {
    ObjectDefineProperty(scope, name, { configurable: true, enumerable: false, writable: true, value })
  }
}
