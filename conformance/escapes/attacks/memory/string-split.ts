import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'splits a string into single characters, and keeps the parts',
  source: handler(`const all = []; for (;;) all.push('abcdefgh'.repeat(2 ** 16).split(''))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
