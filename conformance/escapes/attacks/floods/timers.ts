import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets a million timers',
  source:
    handler(`let set = 0; try { for (; set < 1_000_000; set++) setTimeout(() => {}, 60_000) } catch (error) { return new Response(error.message) }
    return new Response('set ' + set)`),
  limits: { cpuMs: 1000 },
  expect: { endings: ['ok', 'exceededCpu', 'exceededMemory'], host: 'survives' },
  verify: ({ bodies }) => (bodies[0]?.startsWith('set') ? 'a million timers were set' : undefined),
}
