// Carries the frame through what calls back later: reactions of promises, timers, microtasks, streams, listeners. These
// built-ins are replaced in the worker's own global scope. The platform keeps to the originals, and is not affected.
import { currentFrame, type Frame, runInFrame, swapFrame, thenIn } from './frames.ts'

type Callback = (...args: unknown[]) => unknown

function inFrame(fn: unknown, frame: Frame | undefined): unknown {
  if (typeof fn !== 'function') return fn
  return function (this: unknown, ...args: unknown[]): unknown {
    return runInFrame(frame, { fn: fn as Callback, self: this, args })
  }
}

/** For what the program may call itself as well: its frame counts where there is one. */
function inFrameOfCaller(fn: Callback, frame: Frame | undefined, self?: unknown): Callback {
  return function (this: unknown, ...args) {
    return runInFrame(currentFrame() ?? frame, { fn, self: self ?? this, args })
  }
}

function replace(holder: object, name: string, value: Callback): void {
  const original = Reflect.getOwnPropertyDescriptor(holder, name)
  Object.defineProperty(value, 'name', { configurable: true, value: name })
  Object.defineProperty(holder, name, {
    configurable: true,
    writable: true,
    enumerable: original?.enumerable ?? false,
    value,
  })
}

type Uncurried = (self: unknown, ...args: unknown[]) => unknown

/** Every promise passes here: no closure more than it takes. */
function reaction(fn: unknown, frame: Frame | undefined): unknown {
  if (typeof fn !== 'function') return fn
  return (value: unknown): unknown => {
    const outer = swapFrame(frame)
    try {
      const result: unknown = fn(value)
      return thenIn(currentFrame(), result)
    } finally {
      swapFrame(outer)
    }
  }
}

function carryThroughPromises(): void {
  const call = Function.prototype.call
  const then = call.bind(Promise.prototype.then as Callback) as Uncurried
  const resolve = call.bind(Promise.resolve as Callback) as Uncurried
  replace(Promise.prototype, 'then', function (this: unknown, onFulfilled, onRejected) {
    const frame = currentFrame()
    return then(this, reaction(onFulfilled, frame), reaction(onRejected, frame))
  })
  replace(Promise, 'resolve', function (this: unknown, value) {
    const isOwn = value instanceof Promise && value.constructor === this
    return resolve(this, isOwn ? value : thenIn(currentFrame(), value))
  })
}

function carryThroughTimers(): void {
  for (const name of ['queueMicrotask', 'setInterval', 'setTimeout'] as const) {
    const original = globalThis[name] as Callback
    const carrying = {
      // As a method it has no `prototype` and is no constructor, like the original.
      [name]: (handler: unknown, ...args: unknown[]) => original(inFrame(handler, currentFrame()), ...args),
    }
    replace(globalThis, name, carrying[name] as Callback)
  }
}

interface StreamClass {
  new (...args: unknown[]): object
  from?: (iterable: unknown) => unknown
}

/** Which methods of the constructor's first argument are called later. */
const STREAM_CALLBACKS: Readonly<Record<string, readonly string[]>> = {
  ReadableStream: ['start', 'pull', 'cancel'],
  TransformStream: ['start', 'transform', 'flush', 'cancel'],
  WritableStream: ['start', 'write', 'close', 'abort'],
}

/** An object that reads as the given one, with methods that run in the frame. */
function withMethodsInFrame(object: unknown, names: readonly string[], frame: Frame): unknown {
  if (object === null || (typeof object !== 'object' && typeof object !== 'function')) return object
  // Its target is empty: of a frozen object a proxy has to give what is there.
  return new Proxy(Object.create(null) as object, {
    get(_target, key): unknown {
      const value: unknown = Reflect.get(object, key)
      if (typeof value !== 'function' || typeof key !== 'string' || !names.includes(key)) return value
      return inFrameOfCaller(value as Callback, frame, object)
    },
  })
}

function carryingStream(original: StreamClass, names: readonly string[]): StreamClass {
  const { from } = original
  if (from !== undefined) {
    replace(original, 'from', (iterable) => {
      const frame = currentFrame()
      return frame === undefined
        ? from(iterable)
        : runInFrame(undefined, { fn: from, self: original, args: [iteratedIn(frame, iterable)] })
    })
  }
  const carrying = new Proxy(original, {
    construct(target, [source, ...rest], newTarget): object {
      const frame = currentFrame()
      const carried = frame === undefined ? source : withMethodsInFrame(source, names, frame)
      return Reflect.construct(target, [carried, ...rest], newTarget) as object
    },
  })
  replace(original.prototype as object, 'constructor', carrying as unknown as Callback)
  return carrying
}

function iteratedIn(frame: Frame, iterable: unknown): unknown {
  const { [Symbol.asyncIterator]: ofAsync, [Symbol.iterator]: ofSync } = Object(iterable) as Record<symbol, unknown>
  const symbol = ofAsync === undefined || ofAsync === null ? Symbol.iterator : Symbol.asyncIterator
  const method = symbol === Symbol.iterator ? ofSync : ofAsync
  if (typeof method !== 'function') return iterable
  return {
    [symbol]: () =>
      withMethodsInFrame(
        runInFrame(frame, { fn: method as Callback, self: iterable, args: [] }),
        ['next', 'return'],
        frame,
      ),
  }
}

/** Made on first use, as the platform makes its streams. */
function carryThroughStreams(): void {
  for (const [name, callbacks] of Object.entries(STREAM_CALLBACKS)) {
    const { get } = Reflect.getOwnPropertyDescriptor(globalThis, name) ?? {}
    const define = (value: unknown): void =>
      void Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, writable: true, value })
    const make = (original: unknown): unknown => {
      const carrying = carryingStream(original as StreamClass, callbacks)
      define(carrying)
      return carrying
    }
    if (get === undefined) make((globalThis as unknown as Record<string, unknown>)[name])
    else {
      Object.defineProperty(globalThis, name, {
        configurable: true,
        enumerable: false,
        get: () => make(Reflect.apply(get, globalThis, [])),
        set: define,
      })
    }
  }
}

interface Listening {
  addEventListener: Callback
  removeEventListener: Callback
}

/**
 * A listener runs in the frame of whoever dispatches, as in Node. Events of the platform have none: of these a listener runs
 * in the frame it was added in. One listener of one target has one wrapper, by which it is found again.
 */
function carryThroughListeners(): void {
  const { addEventListener, removeEventListener } = EventTarget.prototype as unknown as Listening
  const wrappers = new WeakMap<object, WeakMap<object, unknown>>()
  replace(EventTarget.prototype, 'addEventListener', function (this: object, type, listener, ...rest) {
    return Reflect.apply(addEventListener, this, [type, wrapperOf(this, listener), ...rest])
  } as Callback)
  replace(EventTarget.prototype, 'removeEventListener', function (this: object, type, listener, ...rest) {
    const wrapper = isObject(listener) && isObject(this) ? wrappers.get(this)?.get(listener) : undefined
    return Reflect.apply(removeEventListener, this, [type, wrapper ?? listener, ...rest])
  } as Callback)

  function wrapperOf(target: object, listener: unknown): unknown {
    if (!isObject(listener) || !isObject(target)) return listener
    let ofTarget = wrappers.get(target)
    if (ofTarget === undefined) wrappers.set(target, (ofTarget = new WeakMap()))
    let wrapper = ofTarget.get(listener)
    if (wrapper === undefined) {
      const frame = currentFrame()
      wrapper = frame === undefined ? listener : listenerInFrame(listener, frame)
      ofTarget.set(listener, wrapper)
    }
    return wrapper
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function listenerInFrame(listener: object, frame: Frame): Callback {
  if (typeof listener === 'function') return inFrameOfCaller(listener as Callback, frame)
  return inFrameOfCaller((...args) => (listener as { handleEvent: Callback }).handleEvent(...args), frame)
}

/** Once, before the worker makes its first AsyncLocalStorage. */
export function carryFrames(): void {
  carryThroughPromises()
  carryThroughTimers()
  carryThroughStreams()
  carryThroughListeners()
}
