import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps array buffers, and catches every refusal',
  source: handler(`const all = []; for (;;) try { all.push(new Uint8Array(2 ** 20).fill(1)) } catch {}`),
  limits: { cpuMs: 1000 },
  expect: MEMORY_LIMIT,
}
