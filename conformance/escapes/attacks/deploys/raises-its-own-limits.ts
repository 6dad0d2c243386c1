// Whoever may deploy says what the version may use. What holds all the same is the host's own bound.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives itself an hour of CPU time, and takes it',
  source: handler(`for (;;);`),
  limits: { cpuMs: 3_600_000 },
  expect: { endings: ['refusedDeploy', 'exceededCpu', 'recycled', 'hostLost', 'quarantined'], host: 'may-die' },
}
