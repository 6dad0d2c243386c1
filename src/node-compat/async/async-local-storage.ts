// https://nodejs.org/api/async_context.html#class-asynclocalstorage
import { AsyncResource } from './async-resource.ts'
import { currentFrame, enterFrame, runInFrame } from './frames.ts'
import { codedTypeError } from '../errors/coded-error.ts'

type Callback<Args extends unknown[], Result> = (...args: Args) => Result

export class AsyncLocalStorage<Store> {
  readonly #defaultValue: Store | undefined
  readonly #name: string

  constructor(options: { readonly defaultValue?: Store; readonly name?: string } = {}) {
    if (options === null || typeof options !== 'object') {
      throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "options" argument must be of type object.')
    }
    this.#defaultValue = options.defaultValue
    this.#name = options.name === undefined ? '' : String(options.name)
  }

  static bind<Args extends unknown[], Result>(fn: Callback<Args, Result>): Callback<Args, Result> {
    return AsyncResource.bind(fn)
  }

  static snapshot(): <Args extends unknown[], Result>(fn: Callback<Args, Result>, ...args: Args) => Result {
    return AsyncResource.bind((fn, ...args) => fn(...args))
  }

  get name(): string {
    return this.#name
  }

  getStore(): Store | undefined {
    const frame = currentFrame()
    return frame?.has(this) === true ? (frame.get(this) as Store | undefined) : this.#defaultValue
  }

  run<Args extends unknown[], Result>(store: Store, fn: Callback<Args, Result>, ...args: Args): Result {
    return runInFrame(this.#frameWith(store), { fn, self: undefined, args })
  }

  exit<Args extends unknown[], Result>(fn: Callback<Args, Result>, ...args: Args): Result {
    return runInFrame(this.#frameWith(undefined), { fn, self: undefined, args })
  }

  enterWith(store: Store): void {
    enterFrame(this.#frameWith(store))
  }

  disable(): void {
    currentFrame()?.delete(this)
  }

  #frameWith(store: Store | undefined): Map<object, unknown> {
    return new Map(currentFrame()).set(this, store)
  }
}
