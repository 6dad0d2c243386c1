// Runs that were answered with a WebSocket, and live as long as that: they keep the isolate, and take no place in it. A
// pool closes their sockets when it wants them gone; nothing waits for them.
import type { ParkRefusal } from '../instance/apply-answer.ts'
import { webSocketClientsError, webSocketModeError } from '../instance/limit-errors.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { ModePolicy } from './modes.ts'

/** With what clients' WebSockets are closed. */
export interface SocketEnd {
  readonly code: number
  readonly reason: string
}

/** Clients do well to connect again: there is, or will be, a successor. */
export const RESTARTED: SocketEnd = { code: 1012, reason: 'The worker is restarted. Try again.' }

export class ParkedRuns {
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Returns why the run may not be parked. */
  add(run: TaskRun, { takesWebSockets }: ModePolicy): ParkRefusal | undefined {
    if (!takesWebSockets) return { outcome: 'exception', error: webSocketModeError(run) }
    if (this.#count >= run.prepared.limits.webSocketClients) {
      return { outcome: 'loadShed', error: webSocketClientsError(run) }
    }
    this.#count += 1
    return undefined
  }

  /** A run has ended. Returns whether it was parked. */
  remove({ isParked }: TaskRun): boolean {
    if (isParked) this.#count -= 1
    return isParked
  }
}
