import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'compiles code with the constructor of the constructor of everything it can get hold of',
  source: handler(`const found = []
    const things = [request, env, ctx, ctx.props, fetch, setTimeout, console, console.log, crypto, new Response('').body, request.signal, new URL('http://a.example'), (function () { return this })(), new Error().constructor, performance, navigator, structuredClone({}), await new Blob(['a']).arrayBuffer()]
    try { await fetch('http://127.0.0.1:1') } catch (error) { things.push(error, error.cause, error.constructor) }
    for (const thing of things) {
      if (thing === undefined || thing === null) continue
      try { const type = thing.constructor.constructor('return typeof process + typeof require')(); if (type !== 'undefinedundefined') found.push(String(thing)) } catch {}
    }
    return new Response(found.join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
