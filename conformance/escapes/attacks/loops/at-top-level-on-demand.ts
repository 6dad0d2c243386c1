import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops at its top level, which its first requests run',
  source: moduleWith(`for (;;);`),
  start: 'on-demand',
  limits: { startupCpuMs: 100 },
  requests: [{ times: 4 }],
  expect: { ...CPU_LIMIT, endings: [...CPU_LIMIT.endings, 'loadFailed'] },
}
