// https://dom.spec.whatwg.org/#interface-event
import { monotonicNow } from '../clock.ts'
import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ObjectSetPrototypeOf,
  ReflectDeleteProperty,
} from '../primordials.ts'
import { requireArguments, toDictionary, toDOMString } from '../webidl/convert.ts'
import { defineConstants, defineInterface } from '../webidl/interface.ts'

export interface EventInit {
  bubbles?: boolean
  cancelable?: boolean
  composed?: boolean
}

/** What `EventTarget` needs to know of an event, and tenants must not set. */
export interface EventState {
  type: string
  bubbles: boolean
  cancelable: boolean
  readonly composed: boolean
  readonly timeStamp: number
  target: object | null
  currentTarget: object | null
  phase: number
  trusted: boolean
  canceled: boolean
  dispatching: boolean
  inPassiveListener: boolean
  propagationStopped: boolean
  immediatelyStopped: boolean
}

const PHASES = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 } as const
export const { NONE, AT_TARGET } = PHASES

export class Event {
  readonly #state: EventState

  constructor(type: string, init?: EventInit) {
    requireArguments(arguments.length, 1, 'Event')
    const text = toDOMString(type)
    const { bubbles, cancelable, composed } = toDictionary(init, 'The options of Event')
    this.#state = {
      type: text,
      bubbles: Boolean(bubbles),
      cancelable: Boolean(cancelable),
      composed: Boolean(composed),
      timeStamp: monotonicNow(),
      target: null,
      currentTarget: null,
      phase: NONE,
      trusted: false,
      canceled: false,
      dispatching: false,
      inPassiveListener: false,
      propagationStopped: false,
      immediatelyStopped: false,
    }
    // [LegacyUnforgeable]: each event has its own.
    ObjectDefineProperty(this, 'isTrusted', isTrusted)
  }

  get type(): string {
    return this.#state.type
  }

  get target(): object | null {
    return this.#state.target
  }

  get srcElement(): object | null {
    return this.#state.target
  }

  get currentTarget(): object | null {
    return this.#state.currentTarget
  }

  /** Targets here have no parents. */
  composedPath(): object[] {
    const { currentTarget } = this.#state
    return currentTarget === null ? [] : [currentTarget]
  }

  get eventPhase(): number {
    return this.#state.phase
  }

  stopPropagation(): void {
    this.#state.propagationStopped = true
  }

  get cancelBubble(): boolean {
    return this.#state.propagationStopped
  }

  set cancelBubble(value: boolean) {
    const state = this.#state
    if (value) state.propagationStopped = true
  }

  stopImmediatePropagation(): void {
    this.#state.propagationStopped = true
    this.#state.immediatelyStopped = true
  }

  get bubbles(): boolean {
    return this.#state.bubbles
  }

  get cancelable(): boolean {
    return this.#state.cancelable
  }

  get returnValue(): boolean {
    return !this.#state.canceled
  }

  set returnValue(value: boolean) {
    const state = this.#state
    if (!value) cancelEvent(state)
  }

  preventDefault(): void {
    cancelEvent(this.#state)
  }

  get defaultPrevented(): boolean {
    return this.#state.canceled
  }

  get composed(): boolean {
    return this.#state.composed
  }

  get timeStamp(): number {
    return this.#state.timeStamp
  }

  initEvent(type: string, bubbles: boolean = false, cancelable: boolean = false): void {
    const state = this.#state
    requireArguments(arguments.length, 1, 'Event.initEvent')
    const text = toDOMString(type)
    if (state.dispatching) return
    state.type = text
    state.bubbles = Boolean(bubbles)
    state.cancelable = Boolean(cancelable)
    state.target = null
    state.trusted = false
    state.canceled = false
    state.propagationStopped = false
    state.immediatelyStopped = false
  }

  /** The state of an event; undefined for anything else. */
  static stateOf(value: unknown): EventState | undefined {
    return typeof value === 'object' && value !== null && #state in value ? value.#state : undefined
  }

  static isTrusted(event: Event): boolean {
    return event.#state.trusted
  }
}

export const { stateOf: eventStateOf } = Event
const { isTrusted: readTrusted } = Event
ReflectDeleteProperty(Event, 'stateOf')
ReflectDeleteProperty(Event, 'isTrusted')

const isTrusted = ObjectGetOwnPropertyDescriptor(
  {
    get isTrusted(): boolean {
      return readTrusted(this as unknown as Event)
    },
  },
  'isTrusted',
) as PropertyDescriptor
isTrusted.configurable = false
// Or a patched Object.prototype would add to it what no accessor may have.
ObjectSetPrototypeOf(isTrusted, null)

export function cancelEvent(state: EventState): void {
  if (state.cancelable && !state.inPassiveListener) state.canceled = true
}

defineConstants(Event, PHASES)
defineInterface(Event, 'Event', { constructor: 1, initEvent: 1 })
