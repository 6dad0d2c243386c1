// The load generator's process: takes a plan by IPC, runs it, replies with a report. It checks every answer, since a
// server that fails fast would otherwise win.
import { connect } from 'node:net'
import { percentile } from '../statistics.ts'
import { zipfSampler } from '../zipf.ts'
import type { LoadPlan, LoadReply, LoadReport, Target } from './plan.ts'
import { readResponse } from './response-reader.ts'

const READ_BUFFER_BYTES = 64 * 1024

interface Prepared extends Target {
  readonly bytes: Buffer
}

function prepare(target: Target, port: number): Prepared {
  const host = `${target.host}:${port}`
  const text = `GET ${target.path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: isopod-bench\r\nAccept: */*\r\n\r\n`
  return { ...target, bytes: Buffer.from(text, 'latin1') }
}

/** Which target each request goes to, drawn before the clock starts. */
function drawOrder({ order, requests, targets }: LoadPlan): Uint32Array {
  const size = targets.length
  const next = order.type === 'zipf' ? zipfSampler({ size, exponent: order.exponent, seed: order.seed }) : undefined
  return Uint32Array.from({ length: requests }, (_, index) => (next === undefined ? index % size : next()))
}

interface Run {
  readonly port: number
  readonly restMs: number
  readonly take: () => Prepared | undefined
  readonly finished: (latencyMs: number) => void
  readonly failed: (error: Error) => void
}

function openConnection(run: Run): () => void {
  let current: Prepared | undefined
  let sentAt = 0
  let pending = ''
  const sendNext = (): void => {
    current = run.take()
    if (current === undefined) {
      socket.end()
      return
    }
    sentAt = performance.now()
    socket.write(current.bytes)
  }
  const received = (text: string): void => {
    pending += text
    const response = readResponse(pending)
    if (response === undefined || current === undefined) return
    if (response.status !== 200 || response.body !== current.body) {
      run.failed(
        new Error(`${current.host}${current.path} answered ${response.status} "${response.body.slice(0, 200)}"`),
      )
      socket.destroy()
      return
    }
    pending = ''
    run.finished(performance.now() - sentAt)
    current = undefined
    if (run.restMs === 0) sendNext()
    else setTimeout(sendNext, run.restMs)
  }
  // One buffer per connection, reused: what arrives is turned into text before the next read.
  const buffer = Buffer.allocUnsafe(READ_BUFFER_BYTES)
  const onread = {
    buffer,
    callback: (length: number): boolean => {
      received(buffer.toString('latin1', 0, length))
      return true
    },
  }
  const socket = connect({ port: run.port, host: '127.0.0.1', noDelay: true, onread })
  socket.on('error', run.failed)
  socket.on('close', () => {
    if (current !== undefined) run.failed(new Error('the server closed a connection with a request under way'))
  })
  return sendNext
}

function report(latencies: Float64Array, elapsedMs: number): LoadReport {
  const ascending = latencies.toSorted()
  return {
    requests: latencies.length,
    elapsedMs,
    minMs: percentile(ascending, 0),
    p50Ms: percentile(ascending, 0.5),
    p90Ms: percentile(ascending, 0.9),
    p99Ms: percentile(ascending, 0.99),
    maxMs: percentile(ascending, 1),
  }
}

async function runPlan(plan: LoadPlan): Promise<LoadReport> {
  const targets = plan.targets.map((target) => prepare(target, plan.port))
  const order = drawOrder(plan)
  const latencies = new Float64Array(plan.requests)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let taken = 0
  let done = 0
  const run: Run = {
    port: plan.port,
    restMs: plan.restMs ?? 0,
    take: () => (taken < order.length ? targets[order[taken++] ?? 0] : undefined),
    finished: (latencyMs) => {
      latencies[done++] = latencyMs
      if (done === latencies.length) resolve()
    },
    failed: reject,
  }
  const starts = Array.from({ length: plan.connections }, () => openConnection(run))
  const startedAt = performance.now()
  for (const start of starts) start()
  const end = (): void => {
    taken = order.length
    resolve()
  }
  if (plan.forMs !== undefined) setTimeout(end, plan.forMs)
  await promise
  return report(latencies.subarray(0, done), performance.now() - startedAt)
}

const reply = (message: LoadReply): void => void process.send?.(message)

process.on('message', (plan: LoadPlan) => {
  runPlan(plan).then(
    (result) => reply({ type: 'report', report: result }),
    (error: unknown) => reply({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
