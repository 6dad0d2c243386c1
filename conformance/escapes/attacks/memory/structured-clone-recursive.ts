import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'clones a list a million deep',
  source: handler(
    `let list = null; for (let i = 0; i < 1_000_000; i++) list = { list }; for (;;) try { structuredClone(list) } catch {}`,
  ),
  limits: { cpuMs: 1000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
