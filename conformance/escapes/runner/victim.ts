// A worker of the operator's own tenant under steady load: what an attack costs the others is what it costs this one.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export const ANSWER = 'the victim answers'

export const VICTIM_SOURCE: string = `export default { fetch: () => new Response(${JSON.stringify(ANSWER)}) }`

export interface VictimAddress {
  readonly port: number
  readonly host: string
}

export interface VictimAsk {
  /** Since the epoch. */
  readonly sinceMs: number
}

export interface VictimReport {
  readonly requests: number
  /** Not answered, or not as it should be. */
  readonly lost: number
  readonly p99Ms: number
  /** What became of those that were lost. */
  readonly losses: readonly string[]
}

export class VictimLoad implements AsyncDisposable {
  readonly #thread: Worker

  constructor(address: VictimAddress) {
    this.#thread = new Worker(new URL('./victim-thread.ts', import.meta.url), { workerData: address })
  }

  /** What happened to requests sent at or after `sinceMs` (of `performance.now()`); those on their way are waited for. */
  async report(sinceMs: number): Promise<VictimReport> {
    const answered = once(this.#thread, 'message')
    const ask: VictimAsk = { sinceMs: performance.timeOrigin + sinceMs }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    this.#thread.postMessage(ask)
    const [report] = (await answered) as [VictimReport]
    return report
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread.terminate()
  }
}
