import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps array buffers of 16 MB',
  source: handler(`const all = []; for (;;) all.push(new Uint8Array(2 ** 24).fill(1))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
