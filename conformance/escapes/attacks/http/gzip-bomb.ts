import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reads a response of four megabytes that unpacks to four gigabytes',
  source: handler(`return new Response(String((await (await fetch(env.ORIGIN + '/gzip-bomb')).text()).length))`),
  limits: { cpuMs: 2000 },
  expect: { endings: ['exceededMemory', 'exceededCpu', 'exception', 'recycled'], host: 'survives' },
}
