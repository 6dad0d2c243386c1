// A WebSocket apart from its interface: what state it is in, where its messages go, and what its events are.
// https://websockets.spec.whatwg.org/#feedback-from-the-protocol
import { type Crossing, SOCKET_EVENT } from '../../bridge/entries.ts'
import { OP } from '../../bridge/ops.ts'
import { DOMException } from '../dom/dom-exception.ts'
import { Event } from '../dom/event.ts'
import { dispatchTrusted, type EventTarget } from '../dom/event-target.ts'
import { CloseEvent, MessageEvent } from '../dom/event-types.ts'
import { utf8Encode } from '../encoding/utf8.ts'
import { makeBlob } from '../file/blob.ts'
import {
  ArrayPrototypePush,
  PromisePrototypeThen,
  PromiseResolve,
  SetPrototypeDelete,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetLength,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import { assertStarted, nextOpId } from '../runtime/pending-ops.ts'
import { currentTask, type OwnedOp, type TaskScope } from '../runtime/task-scope.ts'
import { finishTask } from '../program/finish.ts'
import { addSocket, type GivenSocket, type HostedSocket, removeSocket } from './registry.ts'

export type SocketData = string | Uint8Array

interface Item {
  readonly data: SocketData | undefined
  readonly closing: Closing | undefined
}

interface Closing {
  readonly code: number
  readonly reason: string
  readonly wasClean: boolean
}

export const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const
const { CONNECTING, OPEN, CLOSING, CLOSED } = STATES

/** No code was given. */
export const NO_CODE = 1005

/**
 * `client`: the program opened it. `held`: it waits for `accept()`, or to be given to a client. `accepted`. `given`: it is
 * the program's no more.
 */
export type SocketRole = 'client' | 'held' | 'accepted' | 'given'

export class SocketCore implements HostedSocket, GivenSocket, OwnedOp {
  readonly target: EventTarget
  role: SocketRole
  task: TaskScope | undefined
  readyState: number = CONNECTING
  binaryType: 'blob' | 'arraybuffer'
  url = ''
  origin = ''
  protocol = ''
  /** The host's number for its other end; 0 where that is a peer. */
  #id = 0
  #peer: SocketCore | undefined
  /** What a peer sent before the socket was accepted or given. */
  #inbox: Item[] = []
  /** What bufferedAmount is beyond what the host says. */
  #neverSent = 0
  /** The task lives as long as the socket. */
  #holdsTask = false

  constructor(target: EventTarget, role: SocketRole) {
    this.target = target
    this.role = role
    this.binaryType = role === 'client' ? 'blob' : 'arraybuffer'
  }

  static pair(one: SocketCore, other: SocketCore): void {
    one.#peer = other
    other.#peer = one
  }

  /** From now on the host has the other end. */
  connect(id: number, task: TaskScope | undefined): void {
    this.#id = id
    this.task = task
    addSocket(id, this)
    task?.addOp(this)
  }

  get bufferedAmount(): number {
    return this.#neverSent + (this.#id === 0 ? 0 : (hostCall(OP.socketBuffered, this.#id) as number))
  }

  accept(): void {
    if (this.role !== 'held') {
      throw new TypeErrorConstructor(
        this.role === 'client'
          ? 'A WebSocket made by its constructor is accepted by the server, not by accept().'
          : 'This WebSocket was already accepted, or given to a client.',
      )
    }
    this.role = 'accepted'
    if (this.readyState === CONNECTING) this.readyState = OPEN
    if (this.#id !== 0) hostCall(OP.socketAccept, this.#id)
    else this.#readInboxSoon()
  }

  send(data: SocketData): void {
    if (this.readyState === CONNECTING) {
      const what = this.role === 'client' ? 'is not open yet' : 'was not accepted; call accept() first'
      throw new DOMException(`The WebSocket ${what}.`, 'InvalidStateError')
    }
    if (this.readyState !== OPEN) {
      this.#neverSent += lengthOf(data)
      return
    }
    if (this.#id !== 0) assertStarted(hostCall(OP.socketSend, this.#id, data))
    else if (this.#peer !== undefined) this.#peer.#receive({ data, closing: undefined })
  }

  /** @param code - `NO_CODE` for none */
  close(code: number, reason: string): void {
    if (this.readyState >= CLOSING) return
    this.readyState = CLOSING
    if (this.#id !== 0) {
      hostCall(OP.socketClose, this.#id, code, reason)
      return
    }
    const item = { data: undefined, closing: { code, reason, wasClean: true } }
    if (this.#peer !== undefined) this.#peer.#receive(item)
    // The peer answers by itself.
    this.#receive(item)
  }

  give(task: TaskScope): number {
    if (this.role !== 'held') {
      throw new TypeErrorConstructor('The WebSocket of the response was accepted, or given to a client, before.')
    }
    if (this.#id !== 0) {
      // The host connects its two ends.
      this.role = 'given'
      removeSocket(this.#id)
      this.#forgetOp()
      return this.#id
    }
    const peer = this.#peer as SocketCore
    const id = nextOpId()
    assertStarted(hostCall(OP.socketServe, id, task.id))
    this.role = 'given'
    this.readyState = OPEN
    const inbox = this.#inbox
    this.#inbox = []
    peer.#serve(id, task)
    for (let i = 0; i < inbox.length; i++) peer.#flush(inbox[i] as Item)
    return id
  }

  event(kind: number, value: Crossing): void {
    switch (kind) {
      case SOCKET_EVENT.open:
        return this.#open(value as string)
      case SOCKET_EVENT.message:
        return this.#dispatchMessage(value as string | ArrayBuffer)
      default:
        return this.#closeByHost(value as string)
    }
  }

  /** Its task is over. The host has closed it. */
  abandon(): void {
    removeSocket(this.#id)
    this.#id = 0
    this.readyState = CLOSED
  }

  #serve(id: number, task: TaskScope): void {
    this.#peer = undefined
    this.connect(id, task)
    this.#holdsTask = true
    task.waiting += 1
    if (this.role === 'accepted') hostCall(OP.socketAccept, id)
  }

  #flush({ closing, data }: Item): void {
    if (closing !== undefined) hostCall(OP.socketClose, this.#id, closing.code, closing.reason)
    else assertStarted(hostCall(OP.socketSend, this.#id, data))
  }

  /** From a peer in this instance. */
  #receive(item: Item): void {
    ArrayPrototypePush(this.#inbox, item)
    if (this.role !== 'held') this.#readInboxSoon()
  }

  #readInboxSoon(): void {
    if (this.#inbox.length === 0) return
    PromisePrototypeThen(PromiseResolve(undefined), () => {
      const inbox = this.#inbox
      this.#inbox = []
      for (let i = 0; i < inbox.length; i++) {
        const { closing, data } = inbox[i] as Item
        if (closing !== undefined) this.#dispatchClose(closing)
        else if (typeof data === 'string') this.#dispatchMessage(data)
        else this.#dispatchMessage(TypedArrayPrototypeGetBuffer(data))
      }
    })
  }

  #open(protocol: string): void {
    if (this.readyState !== CONNECTING) return
    this.readyState = OPEN
    this.protocol = protocol
    dispatchTrusted(this.target, new Event('open'))
  }

  #dispatchMessage(value: string | ArrayBuffer): void {
    if (this.readyState !== OPEN) return
    const isBlob = typeof value !== 'string' && this.binaryType === 'blob'
    const data = isBlob ? makeBlob(new Uint8ArrayConstructor(value), '') : value
    const init = { __proto__: null, data, origin: this.origin } as { data: unknown; origin: string }
    dispatchTrusted(this.target, new MessageEvent('message', init))
  }

  /** See `SOCKET_EVENT.close`. */
  #closeByHost(text: string): void {
    const codeEnd = StringPrototypeIndexOf(text, ' ')
    const cleanEnd = StringPrototypeIndexOf(text, ' ', codeEnd + 1)
    const bufferedEnd = StringPrototypeIndexOf(text, ' ', cleanEnd + 1)
    const wasClean = StringPrototypeSlice(text, codeEnd + 1, cleanEnd) === '1'
    this.#neverSent += +StringPrototypeSlice(text, cleanEnd + 1, bufferedEnd)
    removeSocket(this.#id)
    this.#id = 0
    this.#forgetOp()
    const code = +StringPrototypeSlice(text, 0, codeEnd)
    const reason = StringPrototypeSlice(text, bufferedEnd + 1)
    // What a client knows of a failure is that there was one.
    if (this.role === 'client' && !wasClean) this.#dispatchClose({ code: 1006, reason: '', wasClean })
    else this.#dispatchClose({ code, reason, wasClean })
    const { task } = this
    if (!this.#holdsTask || task === undefined) return
    task.waiting -= 1
    finishTask(task)
  }

  #dispatchClose({ code, reason, wasClean }: Closing): void {
    if (this.readyState === CLOSED) return
    this.readyState = CLOSED
    if (!wasClean) dispatchTrusted(this.target, new Event('error'))
    const init = { __proto__: null, code, reason, wasClean } as unknown as Closing
    dispatchTrusted(this.target, new CloseEvent('close', init))
  }

  #forgetOp(): void {
    if (this.task?.ops !== undefined) SetPrototypeDelete(this.task.ops, this)
  }
}

/** Opens a connection; what becomes of it comes as events. */
export function connectSocket(core: SocketCore, url: string, protocols: string): void {
  const id = nextOpId()
  assertStarted(hostCall(OP.socketConnect, id, url, protocols))
  core.connect(id, currentTask)
}

function lengthOf(data: SocketData): number {
  return TypedArrayPrototypeGetLength(typeof data === 'string' ? utf8Encode(data) : data)
}
