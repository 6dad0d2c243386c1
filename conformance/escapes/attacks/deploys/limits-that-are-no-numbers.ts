import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends limits that are negative, infinite, or of no kind there is',
  source: handler(''),
  limits: { cpuMs: -1, wallMs: 1e300, ['__proto__' as 'heapMb']: 1 },
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
