import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses URLs whose hosts the process outside must look up in its tables',
  source: handler(`for (let i = 0; ; i++) new URL('http://b\\u00fccher' + i + '.example/')`),
  limits: { cpuMs: 500 },
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
