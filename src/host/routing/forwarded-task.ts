// A task on its way to another host: `sent` → `started` → `left`; or, when its link breaks before it started, `between` two
// attempts. It is never run twice: from `started` on only that host can answer for it.
import type { TaskCaller } from '../../instance/task-run.ts'
import type { Task, TaskResult } from '../../task.ts'
import { refusal, type SubmittedTask, type WorkerAddress } from '../destination.ts'
import { hostLost, type TaskClient } from '../link/task-client.ts'

export interface Forwarding {
  readonly address: WorkerAddress
  readonly task: Task
  readonly caller: TaskCaller
  readonly acceptedMs: number
  /** It did not start there: whoever knows the routes submits it again. */
  again(): SubmittedTask
}

export interface Sending {
  /** How long the task may wait for the other host to start it, in milliseconds since it was accepted. */
  readonly startWithinMs: number
  /** How long it rests between two attempts, in milliseconds. */
  readonly againAfterMs: number
  send: TaskClient['send']
  mayTryAgain(): boolean
  /** Whether the other host has only refused what may be run elsewhere. */
  isHandedBack?(result: TaskResult): boolean
  left(): void
  /** Hears what the caller is told. */
  settled(result: TaskResult): void
}

export class ForwardedTask implements SubmittedTask {
  readonly #forwarding: Forwarding
  readonly #sending: Sending
  readonly #timer: NodeJS.Timeout
  #state: 'sent' | 'started' | 'between' | 'left' = 'sent'
  #isAbandoned = false
  #current: SubmittedTask

  constructor(forwarding: Forwarding, sending: Sending) {
    this.#forwarding = forwarding
    this.#sending = sending
    const { address, task, caller, acceptedMs } = forwarding
    const leftMs = acceptedMs + sending.startWithinMs - performance.now()
    this.#timer = setTimeout(() => this.#expire(), Math.max(0, leftMs))
    this.#current = sending.send({
      address,
      task,
      acceptedMs,
      caller: {
        started: () => this.#start(),
        settled: (result) => this.#answered(result),
        ended: (record) => caller.ended?.(record),
      },
      handedBack: () => this.#handedBack(),
    })
  }

  get isOver(): boolean {
    return this.#state === 'left' && this.#current.isOver
  }

  abandon(): void {
    this.#isAbandoned = true
    if (this.#state === 'between') this.#leave()
    this.#current.abandon()
  }

  #start(): void {
    if (this.#state !== 'sent') return
    this.#state = 'started'
    clearTimeout(this.#timer)
    this.#forwarding.caller.started?.()
  }

  #answered(result: TaskResult): void {
    const mayGoOn = this.#state === 'sent' && !this.#isAbandoned
    if (mayGoOn && this.#sending.isHandedBack?.(result) === true) this.#tryAgain()
    else this.settle(result)
  }

  settle(result: TaskResult): void {
    if (this.#state === 'left') return
    this.#leave()
    this.#sending.settled(result)
    this.#forwarding.caller.settled(result)
  }

  #leave(): void {
    this.#state = 'left'
    clearTimeout(this.#timer)
    this.#sending.left()
  }

  #expire(): void {
    const task = this.#current
    const seconds = Math.round(this.#sending.startWithinMs / 1000)
    const message = `The host this worker runs on did not start the task within ${seconds} s. Try again.`
    this.settle(refusal({ outcome: 'hostLost', code: 'HOST_LOST', message }))
    task.abandon()
  }

  #handedBack(): void {
    if (this.#state !== 'sent') return
    if (this.#isAbandoned || !this.#sending.mayTryAgain()) return this.settle(hostLost())
    const { againAfterMs } = this.#sending
    if (againAfterMs === 0) return this.#tryAgain()
    this.#state = 'between'
    setTimeout(() => {
      if (this.#state === 'between') this.#tryAgain()
    }, againAfterMs)
  }

  #tryAgain(): void {
    this.#leave()
    this.#current = this.#forwarding.again()
  }
}
