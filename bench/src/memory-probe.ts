// Resident memory per instance of one kind, in a process that does nothing else: memory other tests freed would be
// handed out again and look like none. Prints KB per instance.
import { createBareIsolate } from './bare-isolate.ts'
import { smallWorker } from './generated-worker.ts'
import { loadWorkers, numbered, request, runtimeWith } from './isopod.ts'

const INSTANCES = 200
const USED_TIMES = 300

function residentKb(): number {
  globalThis.gc?.()
  return process.memoryUsage.rss() / 1024
}

function measureBare(): number {
  const first = createBareIsolate()
  const before = residentKb()
  const kept = Array.from({ length: INSTANCES }, createBareIsolate)
  for (const isolate of [first, ...kept]) isolate.call('async', 'GET http://hello.localhost/path')
  return residentKb() - before
}

/** `idle`: one request each. `used`: many. `collected`: many, then garbage collected as the pool does when idle. */
async function measureInstances(kind: 'idle' | 'used' | 'collected'): Promise<number> {
  const workers = numbered(INSTANCES + 1, smallWorker)
  const runtime = await runtimeWith(workers.slice(0, 1))
  await runtime.warmUp()
  await request(runtime, 'hello-0')
  const before = residentKb()
  await loadWorkers(runtime, workers.slice(1), { start: 'now' })
  const times = kind === 'idle' ? 1 : USED_TIMES
  for (let time = 0; time < times; time += 1) for (const { worker } of workers) await request(runtime, worker)
  if (kind === 'collected') runtime.collectGarbage()
  return residentKb() - before
}

const kind = process.argv[2]
const grownKb =
  kind === 'idle' || kind === 'used' || kind === 'collected' ? await measureInstances(kind) : measureBare()
process.stdout.write(`${grownKb / INSTANCES}\n`, () => process.kill(process.pid, 'SIGKILL'))
