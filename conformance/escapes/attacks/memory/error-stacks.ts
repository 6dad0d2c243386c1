import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps errors with the longest stacks they can have',
  source: handler(
    `Error.stackTraceLimit = 1e9; const all = []; const down = (n) => { if (n > 0) return down(n - 1) + 1; all.push(new Error('x'.repeat(1000)).stack); return 1 }; for (;;) down(3000)`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
