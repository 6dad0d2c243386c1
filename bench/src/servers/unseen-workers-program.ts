import { HttpIngress } from '../../../src/host/http/http-ingress.ts'
import { LARGE_WORKER_BYTES, largeWorker, smallWorker } from '../generated-worker.ts'
import { codeCachesReady, numbered, runtimeWith } from '../isopod.ts'
import type { UnseenWorkersOptions } from './unseen-workers.ts'

const { size, workers, reserveSize } = JSON.parse(process.argv[2] ?? '{}') as UnseenWorkersOptions
const source = size === 'small' ? smallWorker : (number: number): string => largeWorker(number, LARGE_WORKER_BYTES)
const unseen = numbered(workers, source)
const runtime = await runtimeWith(unseen, {
  start: 'on-demand',
  ...(reserveSize === undefined ? {} : { reserveSize }),
})
if (size === 'large') await codeCachesReady(runtime, unseen)
await runtime.warmUp()
const ingress = new HttpIngress(runtime)
await ingress.listen({ port: 0 })
process.stdout.write(`${JSON.stringify({ port: ingress.address.port })}\n`)
// Leaving while isolates are being disposed of can crash; there is nothing to save.
process.on('SIGTERM', () => process.kill(process.pid, 'SIGKILL'))
