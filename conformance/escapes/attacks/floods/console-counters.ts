import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'starts counters and timers of the console without end',
  source: handler(
    `for (let i = 0; ; i++) { console.count('label ' + i); console.time('label ' + i); console.group() }`,
  ),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
