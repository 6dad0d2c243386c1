// Every object that a promise is resolved with looks like a thenable now, the platform's own included.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes every object a thenable',
  source:
    handler(`Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { if (this instanceof Response) for (;;); return undefined } })
    return new Response('then')`),
  expect: { endings: ['ok', 'exceededCpu', 'recycled'], host: 'survives' },
}
