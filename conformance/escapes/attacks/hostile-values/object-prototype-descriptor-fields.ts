import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets "get", "set", "value" and "enumerable" on Object.prototype, which descriptors inherit',
  source:
    handler(`Object.prototype.get = () => { for (;;); }; Object.prototype.set = () => {}; Object.prototype.enumerable = true
    const { readable, writable } = new TransformStream()
    structuredClone({ a: [1, new Map([[1, 2]])] }); console.log({ a: 1 }, new Headers({ a: 'b' }))
    return new Response('described', { headers: { a: 'b' } })`),
  expect: LIMIT_OR_ANSWER,
}
