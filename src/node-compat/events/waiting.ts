// What waits for events, of emitters and of event targets. https://nodejs.org/api/events.html#eventsonceemitter-name-options
import { codedTypeError } from '../errors/coded-error.ts'
import { checkCount, EventEmitter, type EventName, type Listener } from './event-emitter.ts'

type Emitter = EventEmitter | EventTarget

interface WaitOptions {
  readonly signal?: AbortSignal
}

function isEmitter(value: Emitter): value is EventEmitter {
  return typeof (value as EventEmitter).on === 'function'
}

/** Returns what stops listening. */
function listen(emitter: Emitter, name: EventName, listener: Listener): () => void {
  if (isEmitter(emitter)) {
    emitter.on(name, listener)
    return () => void emitter.removeListener(name, listener)
  }
  if (typeof emitter?.addEventListener !== 'function') {
    throw codedTypeError('ERR_INVALID_ARG_TYPE', 'The "emitter" argument must be an EventEmitter or an EventTarget.')
  }
  emitter.addEventListener(name as string, listener)
  return () => emitter.removeEventListener(name as string, listener)
}

function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason })
  error.name = 'AbortError'
  return Object.assign(error, { code: 'ABORT_ERR' })
}

export async function once(emitter: Emitter, name: EventName, { signal }: WaitOptions = {}): Promise<unknown[]> {
  if (signal?.aborted === true) throw abortError(signal)
  const undo: (() => void)[] = []
  try {
    return await new Promise<unknown[]>((resolve, reject) => {
      undo.push(listen(emitter, name, (...args) => resolve(args)))
      if (name !== 'error' && isEmitter(emitter)) undo.push(listen(emitter, 'error', reject))
      if (signal !== undefined) undo.push(listen(signal, 'abort', () => reject(abortError(signal))))
    })
  } finally {
    for (const each of undo) each()
  }
}

interface Waiting {
  resolve(result: IteratorResult<unknown[]>): void
  reject(reason: unknown): void
}

/** All events from now on, one after the other. */
export function on(
  emitter: Emitter,
  name: EventName,
  { signal, close = [] }: WaitOptions & { readonly close?: readonly EventName[] } = {},
): AsyncIterableIterator<unknown[]> {
  if (signal?.aborted === true) throw abortError(signal)
  const events: unknown[][] = []
  const waiting: Waiting[] = []
  let failure: { readonly reason: unknown } | undefined
  let isClosed = false

  const stop = (): void => {
    isClosed = true
    for (const each of undo) each()
    for (const { resolve } of waiting.splice(0)) resolve({ done: true, value: undefined })
  }
  const fail = (reason: unknown): void => {
    const first = waiting.shift()
    if (first === undefined) failure = { reason }
    else first.reject(reason)
    stop()
  }
  const undo = [
    listen(emitter, name, (...args) => {
      const first = waiting.shift()
      if (first === undefined) events.push(args)
      else first.resolve({ done: false, value: args })
    }),
    ...close.map((each) => listen(emitter, each, stop)),
  ]
  if (name !== 'error' && isEmitter(emitter)) undo.push(listen(emitter, 'error', fail))
  if (signal !== undefined) undo.push(listen(signal, 'abort', () => fail(abortError(signal))))

  return {
    async next() {
      const value = events.shift()
      if (value !== undefined) return { done: false, value }
      if (failure !== undefined) {
        const { reason } = failure
        failure = undefined
        throw reason
      }
      if (isClosed) return { done: true, value: undefined }
      return new Promise((resolve, reject) => void waiting.push({ resolve, reject }))
    },
    async return() {
      stop()
      return { done: true, value: undefined }
    },
    async throw(reason: unknown) {
      fail(reason)
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

export function getEventListeners(emitter: EventEmitter, name: EventName): Listener[] {
  if (typeof emitter?.listeners === 'function') return emitter.listeners(name)
  throw codedTypeError(
    'ERR_INVALID_ARG_TYPE',
    'The "emitter" argument must be an EventEmitter; the listeners of an EventTarget are its own.',
  )
}

export function listenerCount(emitter: EventEmitter, name: EventName): number {
  return emitter.listenerCount(name)
}

export function setMaxListeners(count: number, ...emitters: Emitter[]): void {
  checkCount(count, 'setMaxListeners')
  if (emitters.length === 0) EventEmitter.defaultMaxListeners = count
  // Event targets have no such bound.
  for (const emitter of emitters) if (isEmitter(emitter)) emitter.setMaxListeners(count)
}

export function addAbortListener(signal: AbortSignal, listener: (event?: unknown) => void): Disposable {
  if (signal.aborted) {
    queueMicrotask(() => listener())
    return { [Symbol.dispose]() {} }
  }
  signal.addEventListener('abort', listener, { once: true })
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) }
}
