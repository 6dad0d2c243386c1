// The thread the victim's clients run in: a runner that is busy with the answers to an attack must not be taken for a
// server that is.
import http from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { ANSWER, type VictimAddress, type VictimAsk, type VictimReport } from './victim.ts'

const CONNECTIONS = 4
/** Each connection asks this often, and never before it has its answer: 200 requests a second at most. */
const INTERVAL_MS = 20
const ANSWER_LIMIT_MS = 3000

interface Sample {
  readonly startedMs: number
  readonly tookMs: number
  readonly loss: string | undefined
}

const { port, host } = workerData as VictimAddress
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })
const options: http.RequestOptions = { agent, port, host: '127.0.0.1', headers: { host }, timeout: ANSWER_LIMIT_MS }
const inFlight = new Set<Promise<void>>()
let samples: Sample[] = []

/** On the clock that all threads have. */
function now(): number {
  return performance.timeOrigin + performance.now()
}

async function report(sinceMs: number): Promise<VictimReport> {
  await Promise.all(inFlight)
  const counted = samples.filter(({ startedMs }) => startedMs >= sinceMs)
  samples = []
  const losses = counted.map(({ loss }) => loss).filter((loss) => loss !== undefined)
  const ascending = counted.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
  // By nearest rank.
  const p99Ms = ascending[Math.ceil(ascending.length * 0.99) - 1] ?? Number.NaN
  return { requests: counted.length, lost: losses.length, p99Ms, losses }
}

async function loop(offsetMs: number): Promise<never> {
  await delay(offsetMs)
  for (;;) {
    const startedMs = now()
    const asked = ask(startedMs)
    inFlight.add(asked)
    await asked
    inFlight.delete(asked)
    await delay(Math.max(0, startedMs + INTERVAL_MS - now()))
  }
}

async function ask(startedMs: number): Promise<void> {
  const loss = await new Promise<string | undefined>((resolve) => {
    const request = http.get(options, (response) => {
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
  samples.push({ startedMs, tookMs: now() - startedMs, loss })
}

for (let index = 0; index < CONNECTIONS; index++) void loop((index * INTERVAL_MS) / CONNECTIONS)
parentPort?.on('message', ({ sinceMs }: VictimAsk) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  void report(sinceMs).then((result) => parentPort?.postMessage(result))
})
