// The frame that code runs in: which value each AsyncLocalStorage holds. `current` is that of the code that runs now, and
// undefined between two pieces of work: whoever sets it sets it back.
//
// V8 tells nobody when an async function goes on. So the bundler puts calls of this module around every `await` and `yield`
// of a worker that imports `node:async_hooks` (see `bundle/track-frames.ts`); functions stay async functions:
//
//   async function f() { const a = enter(); try { … resumed(a, await hold(a, promise)) … } finally { leave(a) } }
//
// Async functions may run before this module has been evaluated: what they call here is declared so that it is there by then.

/** Never changed once it is current: `run` and `enterWith` make new ones. */
export type Frame = Map<object, unknown>

/** One run of an async function, from its call to its end. */
interface Activation {
  /** What it ran in when it stopped last. */
  frame: Frame | undefined
  /** What was current when it went on last: it belongs to whoever made it go on. */
  outer: Frame | undefined
  stopped: 'no' | 'await' | 'yield'
  /** False until it has stopped once: up to there it is a part of its caller, and what it enters stays entered. */
  detached: boolean
}

// oxlint-disable-next-line no-var -- a `let` would not be there yet for async functions that run earlier
var current: Frame | undefined

/** The platform's own: the worker's carries frames, and a frame that ends must not be set again. */
const schedule = queueMicrotask

export function currentFrame(): Frame | undefined {
  return current
}

/** Makes a frame current for a call; returns the one to come back to. */
export function swapFrame(frame: Frame | undefined): Frame | undefined {
  const outer = current
  current = frame
  return outer
}

/** Calls a function in a frame. */
export function runInFrame<T>(
  frame: Frame | undefined,
  call: { readonly fn: (...args: never) => T; readonly self: unknown; readonly args: readonly unknown[] },
): T {
  const outer = swapFrame(frame)
  try {
    return Reflect.apply(call.fn as (...args: unknown[]) => T, call.self, call.args)
  } finally {
    swapFrame(outer)
  }
}

/** Makes a frame current until the running piece of work is over. */
export function enterFrame(frame: Frame): void {
  current = frame
  // The callers of this code may be the platform's, which knows of no frames. Microtasks run when nobody else does.
  schedule(clear)
}

function clear(): void {
  current = undefined
}

function enter(): Activation {
  return { frame: undefined, outer: undefined, stopped: 'no', detached: false }
}

/** Before an `await`; returns what to wait for. */
function hold(activation: Activation, value?: unknown): unknown {
  return stop(activation, 'await', value)
}

/** Before a `yield` of an async generator. */
function pause(activation: Activation, value?: unknown): unknown {
  return stop(activation, 'yield', value)
}

function stop(activation: Activation, how: 'await' | 'yield', value: unknown): unknown {
  // Where it has gone on unnoticed (a `break` out of two loops), it is still in the frame from before.
  const frame = activation.stopped === 'no' ? current : activation.frame
  const awaited = thenIn(frame, value)
  activation.frame = frame
  activation.stopped = how
  if (activation.detached) current = activation.outer
  return awaited
}

/** After an `await` or `yield`, and wherever one that threw may have led to. */
function resumed<T>(activation: Activation, value?: T): T | undefined {
  if (activation.stopped === 'no') return value
  // A generator's consumer may have called `next` from a frame of its own. Nobody calls what goes on after an `await`.
  activation.outer = activation.stopped === 'yield' ? current : undefined
  current = activation.outer ?? activation.frame
  activation.stopped = 'no'
  activation.detached = true
  return value
}

function leave(activation: Activation): void {
  if (activation.detached) current = activation.outer
}

/** What an async function returns. */
function give(value: unknown): unknown {
  return thenIn(current, value)
}

/**
 * Libraries make objects that begin their work when `then` is called, which JavaScript does in a microtask of its own:
 * that call belongs to the frame as well. Promises proper need nothing.
 */
export function thenIn(frame: Frame | undefined, value: unknown): unknown {
  if (frame === undefined || value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
  if (value instanceof Promise && value.constructor === Promise) return value
  const { then } = value as { then?: unknown }
  if (typeof then !== 'function') return value
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- it stands for one
    then: (resolve: unknown, reject: unknown) =>
      runInFrame(frame, { fn: then as () => unknown, self: value, args: [resolve, reject] }),
  }
}

type Iterated = Record<symbol, (() => Iterator<unknown>) | undefined>

/** What `for await` iterates over. */
function iterate(activation: Activation, iterable: Iterated | null | undefined): unknown {
  return watched(activation, iterable, 'await')
}

/** What `yield*` of an async generator iterates over. */
function delegate(activation: Activation, iterable: Iterated | null | undefined): unknown {
  return watched(activation, iterable, 'yield')
}

function watched(activation: Activation, iterable: Iterated | null | undefined, how: 'await' | 'yield'): unknown {
  const isAsync = iterable?.[Symbol.asyncIterator] !== undefined && iterable[Symbol.asyncIterator] !== null
  const symbol = isAsync ? Symbol.asyncIterator : Symbol.iterator
  // JavaScript says best what is wrong with what cannot be iterated over.
  if (typeof iterable?.[symbol] !== 'function') return iterable
  return { [symbol]: () => watchedIterator(activation, iterable[symbol]?.() as Iterator<unknown>, how) }
}

function watchedIterator(activation: Activation, iterator: Iterator<unknown>, how: 'await' | 'yield'): object {
  if (iterator === null || typeof iterator !== 'object') return iterator
  const { next } = iterator
  const call = (method: unknown, args: readonly unknown[]): unknown => {
    resumed(activation)
    const result: unknown = Reflect.apply(method as () => unknown, iterator, args)
    stop(activation, how, undefined)
    return result
  }
  const optional = (name: 'return' | 'throw'): unknown => {
    const method: unknown = iterator[name]
    return method === undefined || method === null ? method : (...args: unknown[]) => call(method, args)
  }
  return {
    next: (...args: unknown[]) => call(next, args),
    get return() {
      return optional('return')
    },
    get throw() {
      return optional('throw')
    },
  }
}

declare function __isopod_frames__(...functions: readonly ((...args: never[]) => unknown)[]): void

// Tells the bundler what these are called in the bundle; it takes the call out.
__isopod_frames__(enter, leave, hold, pause, resumed, give, iterate, delegate)
