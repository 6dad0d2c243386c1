// A worker of the operator's own tenant under steady load: what an attack costs the others is what it costs this one.
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

const CONNECTIONS = 4
/** Each connection asks this often, and never before it has its answer: 200 requests a second at most. */
const INTERVAL_MS = 20
const ANSWER_LIMIT_MS = 3000
const ANSWER = 'the victim answers'

export const VICTIM_SOURCE: string = `export default { fetch: () => new Response(${JSON.stringify(ANSWER)}) }`

export interface VictimReport {
  readonly requests: number
  /** Not answered, or not as it should be. */
  readonly lost: number
  readonly p99Ms: number
  /** What became of those that were lost. */
  readonly losses: readonly string[]
}

interface Sample {
  readonly startedMs: number
  readonly tookMs: number
  readonly loss: string | undefined
}

export class VictimLoad implements AsyncDisposable {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  readonly #request: http.RequestOptions
  readonly #loops: Promise<void>[]
  #samples: Sample[] = []
  #inFlight = new Set<Promise<void>>()
  #stopped = false

  constructor({ port, host }: { readonly port: number; readonly host: string }) {
    this.#request = { agent: this.#agent, port, host: '127.0.0.1', headers: { host }, timeout: ANSWER_LIMIT_MS }
    this.#loops = Array.from({ length: CONNECTIONS }, (_, index) => this.#loop((index * INTERVAL_MS) / CONNECTIONS))
  }

  /** What happened to requests sent at or after `sinceMs` (of `performance.now()`); those on their way are waited for. */
  async report(sinceMs: number): Promise<VictimReport> {
    await Promise.all(this.#inFlight)
    const samples = this.#samples.filter(({ startedMs }) => startedMs >= sinceMs)
    this.#samples = []
    const losses = samples.map(({ loss }) => loss).filter((loss) => loss !== undefined)
    const ascending = samples.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
    // By nearest rank.
    const p99Ms = ascending[Math.ceil(ascending.length * 0.99) - 1] ?? Number.NaN
    return { requests: samples.length, lost: losses.length, p99Ms, losses }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#loops)
    this.#agent.destroy()
  }

  async #loop(offsetMs: number): Promise<void> {
    await delay(offsetMs)
    while (!this.#stopped) {
      const startedMs = performance.now()
      const asked = this.#ask(startedMs)
      this.#inFlight.add(asked)
      await asked
      this.#inFlight.delete(asked)
      await delay(Math.max(0, startedMs + INTERVAL_MS - performance.now()))
    }
  }

  async #ask(startedMs: number): Promise<void> {
    const loss = await new Promise<string | undefined>((resolve) => {
      const request = http.get(this.#request, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => void (body += text))
        response.on('end', () =>
          resolve(response.statusCode === 200 && body === ANSWER ? undefined : `${response.statusCode}: ${body}`),
        )
        response.on('error', (error) => resolve(error.message))
      })
      request.on('timeout', () => request.destroy(new Error('no answer')))
      request.on('error', (error) => resolve(error.message))
    })
    this.#samples.push({ startedMs, tookMs: performance.now() - startedMs, loss })
  }
}
