import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'compiles functions and keeps them',
  source: handler(
    `const all = []; for (let i = 0; ; i++) { const f = new Function('return ' + i + ' + "' + 'x'.repeat(1000) + '"'); f(); all.push(f) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
