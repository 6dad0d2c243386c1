import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'returns a proxy of a response',
  source: handler(
    `return new Proxy(new Response('through a proxy'), { get(target, key) { if (key === 'then') return undefined; for (;;); } })`,
  ),
  expect: { endings: ['exception', 'exceededCpu'], host: 'survives' },
}
