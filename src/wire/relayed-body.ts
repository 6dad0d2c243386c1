// A body that one process reads and another has: the two ends of `pull`, `chunk` and `stop` in `task-messages.ts`.
import type { ByteSource } from '../task.ts'
import type { BodyPart } from './task-messages.ts'

interface Asks {
  pull(): void
  stop(reason: string): void
}

interface Reader {
  resolve(chunk: Uint8Array | undefined): void
  reject(error: Error): void
}

/** The reading end. */
export class IncomingBody implements ByteSource {
  readonly #asks: Asks
  #state: 'open' | 'ended' | 'canceled' | Error = 'open'
  #reader: Reader | undefined

  constructor(asks: Asks) {
    this.#asks = asks
  }

  read(): Promise<Uint8Array | undefined> {
    if (this.#state instanceof Error) return Promise.reject(this.#state)
    if (this.#state !== 'open') return Promise.resolve(undefined)
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject }
      this.#asks.pull()
    })
  }

  cancel(reason: string): void {
    if (this.#state !== 'open') return
    this.#state = 'canceled'
    this.#asks.stop(reason.slice(0, 256))
    this.#take()?.resolve(undefined)
  }

  receive(part: BodyPart, bytes: Uint8Array | undefined): void {
    if (this.#state !== 'open') return
    if (part.type === 'chunk') {
      this.#take()?.resolve(bytes ?? new Uint8Array())
    } else if (part.type === 'end') {
      this.#state = 'ended'
      this.#take()?.resolve(undefined)
    } else {
      this.fail(new Error(part.message))
    }
  }

  /** What was cut short must not pass for complete. */
  fail(error: Error): void {
    if (this.#state !== 'open') return
    this.#state = error
    this.#take()?.reject(error)
  }

  #take(): Reader | undefined {
    const reader = this.#reader
    this.#reader = undefined
    return reader
  }
}

/** The other end: reads on once, and sends what came. Returns whether more may follow. */
export async function answerPull(
  source: ByteSource,
  id: number,
  send: (part: BodyPart, bytes?: Uint8Array) => void,
): Promise<boolean> {
  try {
    const chunk = await source.read()
    if (chunk === undefined) {
      send({ type: 'end', id })
      return false
    }
    send({ type: 'chunk', id }, chunk)
    return true
  } catch (error) {
    send({ type: 'broken', id, message: error instanceof Error ? error.message : String(error) })
    return false
  }
}
