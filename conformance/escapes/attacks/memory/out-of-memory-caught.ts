import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'catches what it can of being out of memory, and starts again at each depth',
  source: handler(
    `const keep = []; const again = () => { try { for (;;) keep.push(new Array(1000).fill(keep.length)) } catch { again() } finally { again() } }; again()`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
