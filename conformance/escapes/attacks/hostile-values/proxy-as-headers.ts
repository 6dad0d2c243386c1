import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives a response headers that are a proxy',
  source: handler(
    `return new Response('x', { headers: new Proxy({}, { ownKeys: () => Array.from({ length: 1e6 }, (_, i) => 'x' + i), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 'v' }), get: () => 'v' }) })`,
  ),
  expect: LIMIT_OR_ANSWER,
}
