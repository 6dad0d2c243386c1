// Requests to one worker, all the time, and what became of each. Some come on connections that are kept, some each on one
// of its own; some are answered at once, some after a while, so that there is always something in flight.
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

const KEPT_LOOPS = 4
const FRESH_LOOPS = 2
/** A loop asks this often, and never before it has its answer. */
const INTERVAL_MS = 20
const SLOW_MS = 40
const ANSWER_LIMIT_MS = 10_000

export const VICTIM_SOURCE: string = `
export default {
  async fetch(request) {
    if (request.url.endsWith('/slow')) await new Promise((resolve) => setTimeout(resolve, ${SLOW_MS}))
    return new Response('the victim answers')
  },
}`

export interface Sample {
  readonly startedMs: number
  readonly endedMs: number
  readonly isFresh: boolean
  /** Undefined where it was answered as it should be. */
  readonly loss: string | undefined
}

export interface LoadOptions {
  readonly port: number
  readonly host: string
  /** Why the answer is not as it should be; undefined where it is. Gets what `before` returned. */
  readonly judge?: (text: string, before: number) => string | undefined
  /** Called right before a request is sent. */
  readonly before?: () => number
}

export class SteadyLoad implements AsyncDisposable {
  readonly samples: Sample[] = []
  readonly #options: LoadOptions
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: KEPT_LOOPS })
  readonly #loops: Promise<void>[]
  #isStopped = false

  constructor(options: LoadOptions) {
    this.#options = options
    this.#loops = Array.from({ length: KEPT_LOOPS + FRESH_LOOPS }, (_, i) => this.#loop(i))
  }

  get losses(): Sample[] {
    return this.samples.filter(({ loss }) => loss !== undefined)
  }

  /** Ends, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all(this.#loops)
    this.#agent.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #loop(index: number): Promise<void> {
    await delay(index * 3)
    const isFresh = index >= KEPT_LOOPS
    while (!this.#isStopped) {
      const startedMs = performance.now()
      const loss = await this.#ask({ isFresh, path: index % 2 === 0 ? '/' : '/slow' })
      this.samples.push({ startedMs, endedMs: performance.now(), isFresh, loss })
      await delay(Math.max(0, startedMs + INTERVAL_MS - performance.now()))
    }
  }

  async #ask({ isFresh, path }: { readonly isFresh: boolean; readonly path: string }): Promise<string | undefined> {
    const { before, host, judge = isVictims, port } = this.#options
    const sent = before?.() ?? 0
    const answer = await ask({ port, host, path, ...(isFresh ? {} : { agent: this.#agent }) })
    if (answer.status !== 200) return `${answer.status}: ${answer.text.slice(0, 300)}`
    return judge(answer.text, sent)
  }
}

function isVictims(text: string): string | undefined {
  return text === 'the victim answers' ? undefined : `200: ${text}`
}

export interface Ask {
  readonly port: number
  readonly host: string
  readonly path?: string
  /** A connection of its own unless given. */
  readonly agent?: http.Agent
  readonly limitMs?: number
}

/** Status 0 where there was no answer; the text then says why. */
export function ask({ agent, host, limitMs = ANSWER_LIMIT_MS, path = '/', port }: Ask): Promise<{
  readonly status: number
  readonly text: string
}> {
  return new Promise((resolve) => {
    const options = { port, host: '127.0.0.1', path, headers: { host }, agent: agent ?? false, timeout: limitMs }
    const request = http.get(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => void (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', (error) => resolve({ status: 0, text: error.message }))
    })
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', (error) => resolve({ status: 0, text: error.message }))
  })
}
