import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses URLs with hosts of a million characters',
  source: handler(
    `const host = '\\u00fc'.repeat(1_000_000); for (;;) try { new URL('http://' + host + '/') } catch {}`,
  ),
  limits: { cpuMs: 500 },
  expect: { ...CPU_LIMIT, endings: [...CPU_LIMIT.endings, 'exceededMemory'] },
  runaway: 'interruptible',
}
