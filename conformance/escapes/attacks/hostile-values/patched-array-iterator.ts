import type { Attack } from '../../attack.ts'
import { all, bodiesAre, noHeaderNamed } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces the iterators of arrays, maps and sets',
  source:
    handler(`for (const C of [Array, Map, Set, String]) C.prototype[Symbol.iterator] = function* () { for (;;) yield ['x-escaped', '1'] }
    return new Response('iterated', { headers: { a: 'b' } })`),
  expect: HARMLESS,
  verify: all(bodiesAre('iterated'), noHeaderNamed('x-escaped')),
}
