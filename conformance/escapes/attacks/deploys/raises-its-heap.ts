import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives itself four gigabytes of heap, and takes them',
  source: handler(`const all = []; for (;;) all.push(new Array(1000).fill(all.length))`),
  limits: { heapMb: 4096, cpuMs: 10_000 },
  expect: {
    endings: ['refusedDeploy', 'exceededMemory', 'exceededCpu', 'recycled', 'hostLost', 'quarantined'],
    host: 'may-die',
  },
}
