// `scheduler`: waiting, as other platforms of workers have it, and giving way to what else is to be done.
// https://wicg.github.io/scheduling-apis/ has more: tasks with priorities, which make no sense for one task's code.
import { abortSignalAddAlgorithm, abortSignalRemoveAlgorithm, isAbortSignal } from '../dom/abort.ts'
import { PromiseConstructor, PromiseReject, TypeErrorConstructor } from '../primordials.ts'
import { queueTurn } from '../runtime/turns.ts'
import { requireArguments, toDictionary } from '../webidl/convert.ts'
import { defineInterface, illegalConstructor } from '../webidl/interface.ts'
import { clearTimer, setTimeout } from './timers.ts'

/** No tenant can hold this value, so no tenant can make a Scheduler. */
const CREATE = { __proto__: null }

interface WaitOptions {
  signal?: unknown
}

export class Scheduler {
  readonly #isScheduler = true

  constructor(token?: unknown) {
    if (token !== CREATE) illegalConstructor()
  }

  /** Resolves after so many milliseconds; a timer, in the form of a promise. */
  wait(delay: number, options?: WaitOptions): Promise<void> {
    try {
      void this.#isScheduler
      requireArguments(arguments.length, 1, 'Scheduler.wait')
      const { signal } = toDictionary(options, 'The options of Scheduler.wait')
      return wait(+delay, signal)
    } catch (error) {
      return PromiseReject(error)
    }
  }

  /** Resolves in a turn of its own. */
  yield(): Promise<void> {
    try {
      void this.#isScheduler
      return new PromiseConstructor((resolve) => queueTurn(resolve))
    } catch (error) {
      return PromiseReject(error)
    }
  }
}

defineInterface(Scheduler, 'Scheduler', { constructor: 0, wait: 1 })

export function createScheduler(): Scheduler {
  return new Scheduler(CREATE)
}

function wait(delayMs: number, signal: unknown): Promise<void> {
  if (signal === undefined) return new PromiseConstructor((resolve) => void setTimeout(resolve, delayMs))
  if (!isAbortSignal(signal)) throw new TypeErrorConstructor('The option "signal" must be an AbortSignal.')
  if (signal.aborted) return PromiseReject(signal.reason)
  return new PromiseConstructor((resolve, reject) => {
    const abort = (): void => {
      clearTimer(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      abortSignalRemoveAlgorithm(signal, abort)
      resolve()
    }, delayMs)
    abortSignalAddAlgorithm(signal, abort)
  })
}
