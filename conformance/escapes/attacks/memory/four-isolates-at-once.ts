// Each isolate keeps to its limit; together they must keep to the host's.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills to the limit as many isolates as it can have at once',
  mode: 'worker',
  source: handler(
    `const all = []; for (let i = 0; i < 40; i++) all.push(new Array(2 ** 17).fill(i)); await new Promise((resolve) => setTimeout(resolve, 500))`,
  ),
  limits: { cpuMs: 1000 },
  requests: [{ times: 30 }],
  expect: { endings: ['ok', 'loadShed', 'exceededMemory', 'exceededCpu', 'recycled'], host: 'survives' },
}
