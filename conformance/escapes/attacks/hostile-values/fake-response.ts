import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'returns an object that looks like a response',
  source: handler(
    `return Object.setPrototypeOf({ status: 200, headers: new Headers(), body: null }, Response.prototype)`,
  ),
  expect: { endings: ['exception'], host: 'survives' },
}
