import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'lets arrays make arrays of a class of its own',
  source:
    handler(`Object.defineProperty(Array, Symbol.species, { get() { for (;;); } }); Array.prototype.constructor = { get [Symbol.species]() { for (;;); } }
    return new Response(await new Response('species').text(), { headers: [['a', 'b']] })`),
  expect: HARMLESS,
  verify: bodiesAre('species'),
}
