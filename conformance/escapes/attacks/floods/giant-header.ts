import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'answers with a header of ten million characters',
  source: handler(`return new Response('x', { headers: { a: 'x'.repeat(10_000_000) } })`),
  expect: { endings: ['exception', 'exceededCpu', 'exceededMemory'], host: 'survives' },
}
