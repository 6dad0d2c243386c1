// https://nodejs.org/api/events.html#class-eventemitter
// A function and not a class: old libraries inherit from it by `EventEmitter.call(this)`.
import { codedTypeError } from '../errors/coded-error.ts'

export type Listener = ((...args: unknown[]) => unknown) & { listener?: Listener }
export type EventName = string | symbol

export interface EventEmitter {
  _events: Map<EventName, readonly Listener[]> | undefined
  _maxListeners: number | undefined
  _capturesRejections: boolean
  addListener(name: EventName, listener: Listener): this
  emit(name: EventName, ...args: unknown[]): boolean
  eventNames(): EventName[]
  getMaxListeners(): number
  listenerCount(name: EventName, listener?: Listener): number
  listeners(name: EventName): Listener[]
  off(name: EventName, listener: Listener): this
  on(name: EventName, listener: Listener): this
  once(name: EventName, listener: Listener): this
  prependListener(name: EventName, listener: Listener): this
  prependOnceListener(name: EventName, listener: Listener): this
  rawListeners(name: EventName): Listener[]
  removeAllListeners(name?: EventName): this
  removeListener(name: EventName, listener: Listener): this
  setMaxListeners(count: number): this
  [rejection: symbol]: unknown
}

interface EventEmitterConstructor {
  new (options?: { readonly captureRejections?: boolean }): EventEmitter
  (this: unknown, options?: { readonly captureRejections?: boolean }): void
  prototype: EventEmitter
  defaultMaxListeners: number
  captureRejections: boolean
  readonly captureRejectionSymbol: symbol
  readonly errorMonitor: symbol
}

const captureRejectionSymbol: symbol = Symbol.for('nodejs.rejection')
const errorMonitor: symbol = Symbol('events.errorMonitor')

export const EventEmitter = function (this: EventEmitter, options?: { readonly captureRejections?: boolean }): void {
  // The prototype of a subclass may have the map of another emitter.
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) this._events = new Map()
  this._maxListeners ??= undefined
  this._capturesRejections = options?.captureRejections ?? EventEmitter.captureRejections
} as unknown as EventEmitterConstructor

let defaultMaxListeners = 10
Object.defineProperties(EventEmitter, {
  name: { value: 'EventEmitter', configurable: true },
  captureRejections: { value: false, writable: true, enumerable: true },
  captureRejectionSymbol: { value: captureRejectionSymbol, enumerable: true },
  errorMonitor: { value: errorMonitor, enumerable: true },
  defaultMaxListeners: {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(count: number) {
      defaultMaxListeners = checkCount(count, 'defaultMaxListeners')
    },
  },
})

export function checkCount(count: unknown, name: string): number {
  if (typeof count === 'number' && count >= 0) return count
  const error = new RangeError(`The value of "${name}" is out of range. It must be a non-negative number.`)
  throw Object.assign(error, { code: 'ERR_OUT_OF_RANGE' })
}

function assertListener(listener: unknown): asserts listener is Listener {
  if (typeof listener === 'function') return
  throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "listener" argument must be of type function.')
}

function eventsOf(emitter: EventEmitter): Map<EventName, readonly Listener[]> {
  // Some inherit from the prototype and never call the constructor.
  if (!Object.hasOwn(emitter, '_events') || emitter._events === undefined) emitter._events = new Map()
  return emitter._events
}

function add(emitter: EventEmitter, name: EventName, listener: Listener, place: 'first' | 'last'): EventEmitter {
  const events = eventsOf(emitter)
  if (events.has('newListener')) emitter.emit('newListener', name, listener.listener ?? listener)
  const others = events.get(name) ?? []
  const listeners = place === 'first' ? [listener, ...others] : [...others, listener]
  events.set(name, listeners)
  const max = emitter.getMaxListeners()
  if (max > 0 && listeners.length === max + 1) {
    console.warn(
      `MaxListenersExceededWarning: Possible EventEmitter memory leak detected. ${listeners.length} ${String(name)} listeners added. Use emitter.setMaxListeners() to increase limit`,
    )
  }
  return emitter
}

function onceOnly(emitter: EventEmitter, name: EventName, listener: Listener): Listener {
  assertListener(listener)
  const wrapper: Listener = (...args) => {
    if (wasCalled) return undefined
    wasCalled = true
    emitter.removeListener(name, wrapper)
    return Reflect.apply(listener, emitter, args)
  }
  let wasCalled = false
  wrapper.listener = listener
  return wrapper
}

function remove(emitter: EventEmitter, name: EventName, index: number): void {
  const events = eventsOf(emitter)
  const listeners = events.get(name) ?? []
  const removed = listeners[index]
  if (removed === undefined) return
  if (listeners.length === 1) events.delete(name)
  else events.set(name, listeners.toSpliced(index, 1))
  if (events.has('removeListener')) emitter.emit('removeListener', name, removed.listener ?? removed)
}

function emitRejection(emitter: EventEmitter, reason: unknown, name: EventName, args: readonly unknown[]): void {
  const handler = emitter[captureRejectionSymbol]
  if (typeof handler === 'function') {
    Reflect.apply(handler, emitter, [reason, name, ...args])
    return
  }
  // A listener for errors that rejects must not be asked again.
  const { _capturesRejections: captures } = emitter
  emitter._capturesRejections = false
  try {
    emitter.emit('error', reason)
  } finally {
    emitter._capturesRejections = captures
  }
}

function call(emitter: EventEmitter, listener: Listener, name: EventName, args: readonly unknown[]): void {
  const result = Reflect.apply(listener, emitter, args) as { then?: unknown } | null | undefined
  if (!emitter._capturesRejections || typeof result?.then !== 'function') return
  Reflect.apply(result.then, result, [
    undefined,
    (reason: unknown) => queueMicrotask(() => emitRejection(emitter, reason, name, args)),
  ])
}

function throwUnhandled(reason: unknown): never {
  if (reason instanceof Error) throw reason
  const error = new Error(`Unhandled error. (${typeof reason === 'string' ? `'${reason}'` : String(reason)})`)
  throw Object.assign(error, { code: 'ERR_UNHANDLED_ERROR', context: reason })
}

const methods: ThisType<EventEmitter> & Record<string, (...args: never[]) => unknown> = {
  emit(name: EventName, ...args: unknown[]): boolean {
    const events = eventsOf(this)
    if (name === 'error') {
      if (events.has(errorMonitor)) this.emit(errorMonitor, ...args)
      if (!events.has('error')) throwUnhandled(args[0])
    }
    const listeners = events.get(name)
    if (listeners === undefined) return false
    // Lists are never changed in place: who is added or removed meanwhile makes no difference.
    for (const listener of listeners) call(this, listener, name, args)
    return true
  },
  on(name: EventName, listener: Listener): EventEmitter {
    assertListener(listener)
    return add(this, name, listener, 'last')
  },
  once(name: EventName, listener: Listener): EventEmitter {
    return this.on(name, onceOnly(this, name, listener))
  },
  prependListener(name: EventName, listener: Listener): EventEmitter {
    assertListener(listener)
    return add(this, name, listener, 'first')
  },
  prependOnceListener(name: EventName, listener: Listener): EventEmitter {
    return this.prependListener(name, onceOnly(this, name, listener))
  },
  removeListener(name: EventName, listener: Listener): EventEmitter {
    assertListener(listener)
    const listeners = eventsOf(this).get(name) ?? []
    remove(
      this,
      name,
      listeners.findLastIndex((each) => each === listener || each.listener === listener),
    )
    return this
  },
  removeAllListeners(name?: EventName): EventEmitter {
    const events = eventsOf(this)
    if (!events.has('removeListener')) {
      if (name === undefined) events.clear()
      else events.delete(name)
      return this
    }
    const names = name === undefined ? [...events.keys()].filter((each) => each !== 'removeListener') : [name]
    for (const each of names) {
      for (let left = events.get(each)?.length ?? 0; left > 0; left -= 1) remove(this, each, left - 1)
    }
    if (name === undefined) events.clear()
    return this
  },
  listeners(name: EventName): Listener[] {
    return this.rawListeners(name).map((each) => each.listener ?? each)
  },
  rawListeners(name: EventName): Listener[] {
    return [...(eventsOf(this).get(name) ?? [])]
  },
  listenerCount(name: EventName, listener?: Listener): number {
    const listeners = eventsOf(this).get(name) ?? []
    if (listener === undefined || listener === null) return listeners.length
    return listeners.filter((each) => each === listener || each.listener === listener).length
  },
  eventNames(): EventName[] {
    return [...eventsOf(this).keys()]
  },
  setMaxListeners(count: number): EventEmitter {
    this._maxListeners = checkCount(count, 'setMaxListeners')
    return this
  },
  getMaxListeners(): number {
    return this._maxListeners ?? defaultMaxListeners
  },
}

Object.assign(EventEmitter.prototype, methods, { addListener: methods['on'], off: methods['removeListener'] })
Object.defineProperties(EventEmitter.prototype, {
  _events: { value: undefined, writable: true, enumerable: true },
  _maxListeners: { value: undefined, writable: true, enumerable: true },
  _capturesRejections: { value: false, writable: true },
})
