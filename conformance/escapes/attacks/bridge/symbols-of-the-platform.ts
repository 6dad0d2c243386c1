// Streams are left out: what they keep in plain fields is only what the tenant itself has given them.
import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'looks through symbols, private-looking fields and prototypes of platform objects for state of the guest',
  source: handler(`const found = []
    const response = new Response('x'); const objects = { request, ctx, response, headers: new Headers(), url: new URL('http://a.example'), signal: request.signal, controller: new AbortController(), event: new Event('x'), console, crypto }
    for (const [name, object] of Object.entries(objects)) for (const key of Reflect.ownKeys(object)) {
      const value = object[key]
      if (typeof key === 'symbol' || (typeof value === 'object' && value !== null)) found.push(name + '.' + String(key))
    }
    return new Response(found.filter((path) => !['ctx.props', 'console.Symbol(Symbol.toStringTag)'].includes(path)).join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
