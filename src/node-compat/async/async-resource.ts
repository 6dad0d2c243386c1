// https://nodejs.org/api/async_context.html#class-asyncresource
import { codedTypeError } from '../errors/coded-error.ts'
import { currentFrame, type Frame, runInFrame } from './frames.ts'

let lastId = 0

export class AsyncResource {
  readonly #frame: Frame | undefined
  readonly #id: number
  readonly #triggerId: number

  constructor(type: string, options: number | { readonly triggerAsyncId?: number } = {}) {
    if (typeof type !== 'string') {
      throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "type" argument must be of type string.')
    }
    this.#triggerId = (typeof options === 'number' ? options : options.triggerAsyncId) ?? 0
    this.#frame = currentFrame()
    lastId += 1
    this.#id = lastId
  }

  static bind<Fn extends (...args: never[]) => unknown>(fn: Fn, type?: string, self?: unknown): Fn {
    return new AsyncResource(type ?? (fn.name || 'bound-anonymous-fn')).bind(fn, self)
  }

  runInAsyncScope<Args extends unknown[], Result>(
    fn: (...args: Args) => Result,
    self?: unknown,
    ...args: Args
  ): Result {
    return runInFrame(this.#frame, { fn, self, args })
  }

  bind<Fn extends (...args: never[]) => unknown>(fn: Fn, self?: unknown): Fn {
    if (typeof fn !== 'function') {
      throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "fn" argument must be of type function.')
    }
    const frame = this.#frame
    function bound(this: unknown, ...args: unknown[]): unknown {
      return runInFrame(frame, { fn, self: self === undefined ? this : self, args })
    }
    Object.defineProperty(bound, 'length', { configurable: true, value: fn.length })
    return bound as unknown as Fn
  }

  emitDestroy(): this {
    return this
  }

  asyncId(): number {
    return this.#id
  }

  triggerAsyncId(): number {
    return this.#triggerId
  }
}
