// Code that pushes into an array literal, or reads arguments, may meet an inherited setter.
import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets traps for "0", "1" and "length" on Object.prototype and Array.prototype',
  source: handler(`let sets = 0
    for (const prototype of [Object.prototype, Array.prototype]) for (const key of ['0', '1', '2']) Object.defineProperty(prototype, key, { configurable: true, set() { sets++ }, get() { return 'escaped' } })
    const response = new Response('untrapped', { headers: [['a', 'b']] })
    response.headers.append('c', 'd')
    response.headers.get('c')
    const url = new URL('http://a.example/?a=b')
    url.searchParams.append('c', 'd')
    await new Promise((resolve) => setTimeout(resolve, 1))
    return response`),
  expect: ANSWER_OR_EXCEPTION,
}
