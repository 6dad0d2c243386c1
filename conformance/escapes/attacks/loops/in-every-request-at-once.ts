import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in twenty requests that come together',
  source: handler(`for (;;);`),
  limits: { cpuMs: 50 },
  requests: [{ times: 20 }],
  expect: { ...CPU_LIMIT, endings: [...CPU_LIMIT.endings, 'loadShed'] },
}
