// What `node:util` does with functions and classes.
import { codedTypeError } from '../errors/coded-error.ts'

type Fn = (...args: never[]) => unknown
type Callback = (error: unknown, ...values: unknown[]) => void

function assertFunction(value: unknown, name: string): asserts value is Fn {
  if (typeof value === 'function') return
  throw codedTypeError('ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type function.`)
}

const custom: unique symbol = Symbol.for('nodejs.util.promisify.custom') as never

interface Promisify {
  (original: Fn & { readonly [custom]?: unknown }): (...args: unknown[]) => Promise<unknown>
  custom: symbol
}

export const promisify: Promisify = (original) => {
  assertFunction(original, 'original')
  const own = original[custom]
  if (own !== undefined) {
    assertFunction(own, 'util.promisify.custom')
    return Object.defineProperty(own, custom, { configurable: true, value: own }) as never
  }
  function promised(this: unknown, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const callback: Callback = (error, value) => (error ? reject(error as Error) : resolve(value))
      Reflect.apply(original, this, [...args, callback] as never[])
    })
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original) as object)
  Object.defineProperty(promised, custom, { configurable: true, value: promised })
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original)) as never
}
promisify.custom = custom

export function callbackify(original: Fn): (...args: unknown[]) => void {
  assertFunction(original, 'original')
  function called(this: unknown, ...args: unknown[]): void {
    const callback = args.pop()
    if (typeof callback !== 'function') {
      throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The last argument must be of type function.')
    }
    const answer = (...results: [unknown, unknown?]): void =>
      queueMicrotask(() => Reflect.apply(callback, this, results))
    const promise = Reflect.apply(original, this, args as never[]) as Promise<unknown>
    promise.then(
      (value) => answer(null, value),
      (reason: unknown) =>
        answer(
          reason ||
            Object.assign(new Error('Promise was rejected with a falsy value'), {
              code: 'ERR_FALSY_VALUE_REJECTION',
              reason,
            }),
        ),
    )
  }
  const descriptors = Object.getOwnPropertyDescriptors(original) as PropertyDescriptorMap
  delete descriptors['prototype']
  return Object.defineProperties(called, {
    ...descriptors,
    length: { configurable: true, value: original.length + 1 },
    name: { configurable: true, value: `${original.name}Callbackified` },
  }) as typeof called
}

/** How old libraries make subclasses. */
export function inherits(constructor: Fn & { super_?: Fn }, parent: Fn): void {
  assertFunction(constructor, 'ctor')
  assertFunction(parent, 'superCtor')
  Object.defineProperty(constructor, 'super_', { configurable: true, writable: true, value: parent })
  Object.setPrototypeOf(constructor.prototype as object, parent.prototype as object)
}

const told = new Set<string>()

export function deprecate<T extends Fn>(fn: T, message: string, code?: string): T {
  let wasTold = false
  function deprecated(this: unknown, ...args: unknown[]): unknown {
    if (!wasTold && !(code !== undefined && told.has(code))) {
      console.warn(`${code === undefined ? '' : `[${code}] `}DeprecationWarning: ${message}`)
    }
    wasTold = true
    if (code !== undefined) told.add(code)
    return new.target === undefined
      ? Reflect.apply(fn, this, args as never[])
      : Reflect.construct(fn, args, new.target === deprecated ? fn : new.target)
  }
  Object.setPrototypeOf(deprecated, fn)
  if (fn.prototype !== undefined) deprecated.prototype = fn.prototype as object
  return Object.defineProperty(deprecated, 'length', { configurable: true, value: fn.length }) as unknown as T
}
