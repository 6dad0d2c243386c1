// Tasks for another host, over one link to its unix socket. The supervisor holds that socket, so connecting works even
// while the host behind it is being replaced: what is sent then waits for the next one.
import { connect } from 'node:net'
import type { TaskCaller } from '../../instance/task-run.ts'
import type { TaskResult } from '../../task.ts'
import { OVER, refusal, type RefusalListener, type SubmittedTask, tellRefused } from '../destination.ts'
import { hostLost, TaskClient } from '../link/task-client.ts'
import { Pace } from '../../pool/pace.ts'
import { ForwardedTask, type Forwarding } from './forwarded-task.ts'
import { RelayPace } from './relay-pace.ts'

export interface ForwarderOptions {
  readonly socketPath: string
  /** Most tasks on their way at once. */
  readonly maxTasks: number
  /** How long a task may wait for the other host to start it, in milliseconds. */
  readonly startWithinMs: number
  /** Of those that did not reach the other host, and those that were lost with it. */
  readonly refused: RefusalListener
}

/** A task that is handed back as often has seen as many hosts die. */
const MAX_ATTEMPTS = 3
/** Not at once: a host that refuses connections would be asked for one again and again. */
const RECONNECT_MS = 50
/** Sent and not taken yet: a host that is stuck takes nothing, and what waits for it is held in memory. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024

export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #attempts = new WeakMap<TaskCaller, number>()
  readonly #pace = new RelayPace()
  #client: TaskClient | undefined
  readonly #tasks = new Set<ForwardedTask>()
  readonly #lineMoves = new Pace()

  constructor(options: ForwarderOptions) {
    this.#options = options
  }

  /** A task came that is run here: what is only relayed can wait. */
  servesItself(): void {
    this.#pace.served(performance.now())
  }

  submit(forwarding: Forwarding): SubmittedTask {
    const backlogBytes = this.#client?.backlogBytes ?? 0
    if (this.#tasks.size >= this.#options.maxTasks || backlogBytes > MAX_BACKLOG_BYTES) {
      const message = `${this.#tasks.size} tasks are on their way to the host this worker runs on, as many as may. Try again.`
      const retryAfterMs = this.#lineMoves.retryAfterMs(this.#tasks.size, performance.now())
      const result = refusal({ outcome: 'loadShed', code: 'QUEUE_FULL', message, retryAfterMs })
      tellRefused(this.#options.refused, forwarding.address, result)
      forwarding.caller.settled(result)
      return OVER
    }
    const forwarded: ForwardedTask = new ForwardedTask(forwarding, {
      startWithinMs: this.#options.startWithinMs,
      againAfterMs: RECONNECT_MS,
      send: (linked) => {
        if (this.#client?.isUsable !== true) this.#client = this.#connect()
        return this.#client.send(linked)
      },
      mayTryAgain: () => this.#mayTryAgain(forwarding.caller),
      left: () => {
        this.#tasks.delete(forwarded)
        this.#lineMoves.moved(performance.now())
      },
      settled: (result) => tellRefused(this.#options.refused, forwarding.address, result),
    })
    if (forwarded.isOver) return forwarded
    if (this.#tasks.size === 0) this.#lineMoves.began(performance.now())
    this.#tasks.add(forwarded)
    return forwarded
  }

  /** @param result - for the tasks that are not answered yet */
  close(result: TaskResult = hostLost()): void {
    for (const task of this.#tasks) task.settle(result)
    this.#client?.close()
  }

  #connect(): TaskClient {
    const closed = (): void => {
      if (this.#client === client) this.#client = undefined
    }
    const restMs = (): number => this.#pace.restMs(performance.now())
    const client = new TaskClient(connect(this.#options.socketPath), { closed, restMs })
    return client
  }

  /** A caller stays the same from attempt to attempt. */
  #mayTryAgain(caller: TaskCaller): boolean {
    const attempts = (this.#attempts.get(caller) ?? 0) + 1
    this.#attempts.set(caller, attempts)
    return attempts < MAX_ATTEMPTS
  }
}
