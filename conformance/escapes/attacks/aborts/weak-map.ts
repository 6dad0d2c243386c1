import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'grows a WeakMap whose keys are kept',
  source: handler(
    `const map = new WeakMap(); const keys = []; for (;;) { const key = {}; keys.push(key); map.set(key, key) }`,
  ),
  limits: { cpuMs: 3000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
