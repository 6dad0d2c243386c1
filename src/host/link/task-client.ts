// The end of a link where tasks come from: sends them to another process, and knows of each whether it has started there.
// When the link breaks, those that have started are answered `hostLost`; the others are handed back, to be sent again.
import type { Socket } from 'node:net'
import type { TaskCaller } from '../../instance/task-run.ts'
import type { ByteSource, Task, TaskResult } from '../../task.ts'
import { Channel } from '../../wire/channel.ts'
import { answerPull, IncomingBody } from '../../wire/relayed-body.ts'
import { RelayedSocket } from '../../wire/relayed-socket.ts'
import type { SocketPart, TaskReply, TaskRequest } from '../../wire/task-messages.ts'
import { refusal, type SubmittedTask, type WorkerAddress } from '../destination.ts'
import { packTask, unpackResult } from './wire-task.ts'

/** A task that is to be run elsewhere. It outlives the link it is sent over, until it has started. */
export interface LinkedTask {
  readonly address: WorkerAddress
  readonly task: Task
  readonly caller: TaskCaller
  readonly acceptedMs: number
  /** The link broke before it had started. */
  handedBack(): void
}

interface SentTask {
  readonly linked: LinkedTask
  started: boolean
  settled: boolean
  readonly requestBody: ByteSource | undefined
  responseBody: IncomingBody | undefined
  socket: RelayedSocket | undefined
}

export interface TaskClientOptions {
  closed(): void
  /** The other side takes no new tasks any more; once. */
  leaving?(): void
  /** Between two turns at what comes over the link, in milliseconds; see {@link Channel}. */
  restMs?(): number
  /** Of a door that opens for those who have it: tasks may go this way once it has answered. */
  readonly key?: string
}

export class TaskClient {
  readonly #channel: Channel<TaskReply, TaskRequest>
  readonly #tasks = new Map<number, SentTask>()
  readonly #options: TaskClientOptions
  #lastId = 0
  #isReady: boolean
  #isLeaving = false

  constructor(socket: Socket, options: TaskClientOptions) {
    this.#options = options
    const { key, restMs = () => 0 } = options
    this.#channel = new Channel(socket, {
      message: (reply, bytes) => this.#receive(reply, bytes),
      closed: () => this.#closed(),
      restMs,
    })
    this.#isReady = key === undefined
    if (key !== undefined) this.#channel.send({ type: 'hello', key })
  }

  /** Whether new tasks may go this way. */
  get isUsable(): boolean {
    return this.#isReady && this.#channel.isOpen && !this.#isLeaving
  }

  get backlogBytes(): number {
    return this.#channel.backlogBytes
  }

  send(linked: LinkedTask): SubmittedTask {
    this.#lastId += 1
    const id = this.#lastId
    const { value, bytes, source } = packTask(linked.task)
    const sent: SentTask = {
      linked,
      started: false,
      settled: false,
      requestBody: source,
      responseBody: undefined,
      socket: undefined,
    }
    this.#tasks.set(id, sent)
    const { tenant, worker } = linked.address
    const ageMs = performance.now() - linked.acceptedMs
    this.#channel.send({ type: 'task', id, tenant, worker, ageMs, task: value }, bytes)
    const isOver = (): boolean => !this.#tasks.has(id)
    return {
      get isOver() {
        return isOver()
      },
      abandon: () => {
        if (!isOver()) this.#channel.send({ type: 'abandon', id })
      },
    }
  }

  close(): void {
    this.#channel.close()
  }

  #receive(reply: TaskReply, bytes: Uint8Array | undefined): void {
    if (reply.type === 'ready') {
      this.#isReady = true
      return
    }
    if (reply.type === 'leaving') {
      if (!this.#isLeaving) this.#options.leaving?.()
      this.#isLeaving = true
      this.#closeIfDone()
      return
    }
    const sent = this.#tasks.get(reply.id)
    if (sent === undefined) return
    switch (reply.type) {
      case 'started':
        sent.started = true
        sent.linked.caller.started?.()
        return
      case 'settled':
        return this.#settle(reply.id, sent, reply, bytes)
      case 'ended':
        return sent.linked.caller.ended?.(reply.record)
      case 'pull':
        void this.#sendNext(reply.id, sent)
        return
      case 'stop':
        return sent.requestBody?.cancel(reply.reason)
      case 'socketMessage':
      case 'socketTaken':
      case 'socketClose':
      case 'socketClosed':
        sent.socket?.receive(reply, bytes)
        if (reply.type === 'socketClosed') this.#forget(reply.id)
        return
      default:
        sent.responseBody?.receive(reply, bytes)
        if (reply.type !== 'chunk') this.#forget(reply.id)
    }
  }

  #settle(
    id: number,
    sent: SentTask,
    { result }: Extract<TaskReply, { type: 'settled' }>,
    bytes: Uint8Array | undefined,
  ): void {
    sent.settled = true
    sent.responseBody = new IncomingBody({
      pull: () => this.#channel.send({ type: 'pull', id }),
      stop: (reason) => {
        this.#forget(id)
        this.#channel.send({ type: 'stop', id, reason })
      },
    })
    const { responseBody } = sent
    const unpacked = unpackResult(result, bytes, () => responseBody)
    if (result.socket !== undefined) {
      const maxMessageBytes = Number(result.socket.maxMessageBytes) || 0
      const send = (part: SocketPart, more?: Uint8Array): void => this.#channel.send(part, more)
      sent.socket = new RelayedSocket({ id, maxMessageBytes, send })
      sent.linked.caller.settled({ ...unpacked, socket: sent.socket })
      return
    }
    if (result.body.type !== 'stream') this.#forget(id)
    sent.linked.caller.settled(unpacked)
  }

  async #sendNext(id: number, { requestBody }: SentTask): Promise<void> {
    if (requestBody !== undefined) await answerPull(requestBody, id, (part, bytes) => this.#channel.send(part, bytes))
  }

  #forget(id: number): void {
    this.#tasks.delete(id)
    this.#closeIfDone()
  }

  #closeIfDone(): void {
    if (this.#isLeaving && this.#tasks.size === 0) this.#channel.close()
  }

  #closed(): void {
    const tasks = [...this.#tasks.values()]
    this.#tasks.clear()
    this.#options.closed()
    for (const { linked, responseBody, settled, socket, started } of tasks) {
      if (socket !== undefined) socket.end()
      else if (settled) responseBody?.fail(new Error('The process that ran the worker has ended.'))
      else if (started) linked.caller.settled(hostLost())
      else linked.handedBack()
    }
  }
}

/** The answer to a task whose host died under it. */
export function hostLost(): TaskResult {
  const message = 'The process that ran the task ended before it could answer. Try again.'
  return refusal({ outcome: 'hostLost', code: 'HOST_LOST', message })
}
