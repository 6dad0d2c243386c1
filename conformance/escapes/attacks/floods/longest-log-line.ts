// 512 MB to a host function took 1.1 seconds and 1.6 GB of the process.
import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'logs the longest string there can be, rope and all',
  source: handler(
    `let text = 'x'.repeat(2 ** 20); while (text.length < 2 ** 28) text += text; for (let i = 0; i < 3; i++) { console.log(text); console.error(new Error(text)) }`,
  ),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_HOST_KILLED,
}
