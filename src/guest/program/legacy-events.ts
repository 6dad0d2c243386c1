// `addEventListener('fetch', …)`: the shape of workers before modules. The global object is an EventTarget.
import { Event } from '../dom/event.ts'
import { dispatchTrusted, EventTarget, globalTarget } from '../dom/event-target.ts'
import { ErrorConstructor, MapConstructor, MapPrototypeGet, MapPrototypeSet, ReflectApply } from '../primordials.ts'
import { defineInterface } from '../webidl/interface.ts'
import type { TaskScope } from '../runtime/task-scope.ts'
import { waitFor } from './execution-context.ts'

const listenerCounts = new MapConstructor<string, number>()

export const globalEvents = {
  addEventListener(...args: unknown[]): void {
    ReflectApply(EventTarget.prototype.addEventListener, globalTarget, args)
    const type = `${args[0] as string}`
    MapPrototypeSet(listenerCounts, type, (MapPrototypeGet(listenerCounts, type) ?? 0) + 1)
  },
  removeEventListener(...args: unknown[]): void {
    ReflectApply(EventTarget.prototype.removeEventListener, globalTarget, args)
  },
  dispatchEvent(...args: unknown[]): boolean {
    return ReflectApply(EventTarget.prototype.dispatchEvent, globalTarget, args) as boolean
  },
}

/** Whether the program ever listened to the event. */
export function hasListeners(type: string): boolean {
  return MapPrototypeGet(listenerCounts, type) !== undefined
}

class ExtendableEvent extends Event {
  readonly #task: TaskScope

  constructor(type: string, task: TaskScope) {
    super(type)
    this.#task = task
  }

  waitUntil(promise: unknown): void {
    waitFor(this.#task, promise)
  }
}

class FetchEvent extends ExtendableEvent {
  readonly #request: unknown
  #answer: unknown
  #answered = false

  constructor(task: TaskScope, request: unknown) {
    super('fetch', task)
    this.#request = request
  }

  get request(): unknown {
    return this.#request
  }

  respondWith(response: unknown): void {
    if (this.#answered) throw new ErrorConstructor('respondWith() was called before for this event.')
    this.#answered = true
    this.#answer = response
  }

  passThroughOnException(): void {
    void this.#request
  }

  static answerOf(event: FetchEvent): unknown {
    if (!event.#answered) throw new ErrorConstructor('No listener of "fetch" called event.respondWith().')
    return event.#answer
  }
}

const { answerOf } = FetchEvent
Reflect.deleteProperty(FetchEvent, 'answerOf')

class ScheduledEvent extends ExtendableEvent {
  readonly #cron: string
  readonly #scheduledTime: number

  constructor(task: TaskScope, { cron, scheduledTime }: { cron: string; scheduledTime: number }) {
    super('scheduled', task)
    this.#cron = cron
    this.#scheduledTime = scheduledTime
  }

  get cron(): string {
    return this.#cron
  }

  get scheduledTime(): number {
    return this.#scheduledTime
  }
}

defineInterface(ExtendableEvent, 'ExtendableEvent')
defineInterface(FetchEvent, 'FetchEvent')
defineInterface(ScheduledEvent, 'ScheduledEvent')

/** Returns what the listener gave to respondWith. */
export function dispatchFetch(task: TaskScope, request: unknown): unknown {
  const event = new FetchEvent(task, request)
  dispatchTrusted(globalTarget, event)
  return answerOf(event)
}

export function dispatchScheduled(task: TaskScope, details: { cron: string; scheduledTime: number }): void {
  dispatchTrusted(globalTarget, new ScheduledEvent(task, details))
}
