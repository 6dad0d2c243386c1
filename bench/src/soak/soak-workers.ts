// The workers of the soak: fifty of five tenants that do what workers do, and two that are ended by a limit.
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import type { Client } from '../../../src/client/client.ts'
import type { WorkerParams } from '../../../src/server/api/worker-shapes.ts'

/** Nobody vouches for the last one: its tasks are forwarded to the host on probation. */
export const TRUSTED_TENANTS: readonly string[] = ['tenant-0', 'tenant-1', 'tenant-2', 'tenant-3']
const TENANTS: readonly string[] = [...TRUSTED_TENANTS, 'tenant-4']
const WORKERS = 50

export const STREAM_BYTES: number = 32 * 16 * 1024

export const SOAKED: readonly WorkerParams[] = Array.from({ length: WORKERS }, (_, number) => ({
  tenant: TENANTS[number % TENANTS.length] ?? '',
  worker: `worker-${number}`,
}))
export const SPINNER: WorkerParams = { tenant: 'tenant-0', worker: 'spinner' }
export const HOARDER: WorkerParams = { tenant: 'tenant-1', worker: 'hoarder' }

/** Its text differs by version, so that a deploy is one. */
function mixedWorker(version: number): string {
  return `const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const piece = new Uint8Array(16 * 1024).fill(65)
function stream() {
  let left = 32
  return new ReadableStream({
    async pull(controller) {
      await pause(1)
      controller.enqueue(piece.slice())
      left -= 1
      if (left === 0) controller.close()
    },
  })
}
function echo() {
  const [client, socket] = Object.values(new WebSocketPair())
  socket.accept()
  socket.addEventListener('message', ({ data }) => socket.send(data))
  return new Response(null, { status: 101, webSocket: client })
}
export const version = ${version}
export default {
  async fetch(request, env, ctx) {
    if (request.headers.get('upgrade') === 'websocket') return echo()
    switch (new URL(request.url).pathname) {
      case '/timers':
        await Promise.all([pause(5), pause(10), pause(20)])
        return new Response('timers')
      case '/wait-until':
        ctx.waitUntil(pause(50))
        return new Response('wait-until')
      case '/stream':
        return new Response(stream())
      case '/upload':
        return new Response((await request.text()).length)
      default:
        return new Response('hello')
    }
  },
}
`
}

const SPINS = 'export default { fetch() { for (;;); } }'
const HOARDS = `export default { fetch() {
  const hoard = []
  for (;;) hoard.push(new Array(100_000).fill(hoard.length))
} }`

export async function deployAll(admin: Client): Promise<void> {
  for (const worker of SOAKED) await deployAgain(admin, worker, 0)
  await admin.deploy(SPINNER, { bundle: bundleSource(SPINS) })
  await admin.deploy(HOARDER, { bundle: bundleSource(HOARDS), limits: { cpuMs: 5000 } })
}

export async function deployAgain(admin: Client, worker: WorkerParams, version: number): Promise<void> {
  await admin.deploy(worker, { bundle: bundleSource(mixedWorker(version)) })
}
