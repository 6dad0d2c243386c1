// A body of 100 MiB that a worker makes in pieces of 64 KiB, to one client that only counts. The first of each host is
// left out: a stream this long is compiled while it runs. It also takes more than the 100 ms of CPU that a task has
// unless told.
import { once } from 'node:events'
import { connect } from 'node:net'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import { startDeno } from '../servers/deno.ts'
import { startIsopod } from '../servers/isopod.ts'
import { startNodeHttp } from '../servers/node-http.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { STREAM_BYTES, STREAM_WORKER } from '../servers/stream-worker.ts'
import { startWorkerd } from '../servers/workerd.ts'
import type { Suite } from '../suite.ts'

const WARM_UPS = 12
/** 300 MB a second. */
const BUDGET_MS = Math.round(STREAM_BYTES / 300_000)

const CONTENDERS: Readonly<Record<string, () => Promise<ServerProcess>>> = {
  'node-http': () => startNodeHttp('node-stream-program.ts'),
  workerd: () => startWorkerd(STREAM_WORKER),
  deno: () => startDeno(STREAM_WORKER),
  isopod: () => startIsopod({ workers: 1, source: STREAM_WORKER, cpuMs: 5000 }),
}

export const streaming: Suite = async ({ quick }) => {
  const names = Object.keys(CONTENDERS)
  await using servers = new AsyncDisposableStack()
  const ports = new Map<string, number>()
  for (const [name, start] of Object.entries(CONTENDERS)) {
    const { port } = servers.use(await start())
    ports.set(name, port)
    for (let i = 0; i < WARM_UPS; i++) await download(port)
  }
  const tookMs = await inRounds(names, {
    rounds: quick ? 5 : 15,
    measure: (name) => download(ports.get(name) ?? 0),
  })
  return names.map((name): Measurement => {
    const samples = tookMs[name] ?? []
    return measurement(`streaming/${name}`, samples, {
      unit: 'ms for 100 MiB',
      ...(name === 'isopod' ? { atMost: BUDGET_MS } : {}),
      ratios: ['node-http', 'workerd']
        .filter((baseline) => baseline !== name)
        .map((baseline) => ({ baseline, ratio: medianRatio(samples, tookMs[baseline] ?? []) })),
      details: {
        megabytesPerSecond: STREAM_BYTES / 1000 / (samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? 1),
      },
    })
  })
}

/** Takes one response to its end; returns how long that was, in milliseconds. */
async function download(port: number): Promise<number> {
  const startedMs = performance.now()
  const socket = connect(port, '127.0.0.1')
  let bytes = 0
  socket.on('data', (chunk: Buffer) => void (bytes += chunk.length))
  socket.write('GET / HTTP/1.1\r\nHost: hello-0.localhost\r\nConnection: close\r\n\r\n')
  await once(socket, 'close')
  if (bytes < STREAM_BYTES) throw new Error(`port ${port}: ${bytes} bytes of ${STREAM_BYTES}`)
  return performance.now() - startedMs
}
