// Parts of the platform that few workers use are scripts of their own: no instance has them in memory before its program
// needs one, and then it asks its host. `scripts/build-guest.ts` finds them by the calls of `loadPart`. A static import of
// such a module in what every instance has would make it a part of that again: reach it through its accessor only.
import { OP } from '../bridge/ops.ts'
import { evaluateScript, ObjectDefineProperty, StringPrototypeSlice, StringPrototypeStartsWith } from './primordials.ts'
import { hostCall } from './runtime/host.ts'

type Require = (name: string) => object
type Define = (exports: object, name: string, get: () => unknown) => void
type Part = (exports: object, require: Require, define: Define) => void

/** In the names parts require: a module that every instance has. */
const SHARED = 'guest:'

let sharedModule: (name: string) => object | undefined = () => undefined

/** @param shared - what parts use of a module that every instance has */
export function setShared(shared: (name: string) => object | undefined): void {
  sharedModule = shared
}

/** By name. One whose evaluation failed (the stack was full, say) is not among them, and is tried again. */
const loaded = { __proto__: null } as unknown as Record<string, object | undefined>

/** The exports of a module that is a part. @param name - its path, from this folder */
export function loadPart(name: string): object {
  return loaded[name] ?? load(name)
}

function load(name: string): object {
  const isShared = StringPrototypeStartsWith(name, SHARED)
  const exports = isShared ? sharedModule(StringPrototypeSlice(name, SHARED.length)) : evaluate(name)
  if (exports === undefined) throw new Error(`the guest has no module ${name}`)
  loaded[name] = exports
  return exports
}

function evaluate(name: string): object {
  const given: unknown = hostCall(OP.guestPart, 0, name)
  const part = (typeof given === 'string' ? evaluateScript(given) : given) as Part
  const exports = { __proto__: null } as unknown as object
  part(exports, loadPart, defineExport)
  return exports
}

function defineExport(exports: object, name: string, get: () => unknown): void {
  ObjectDefineProperty(exports, name, { __proto__: null, enumerable: true, get } as PropertyDescriptor)
}
