import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'calls the methods of each platform class on objects of every other',
  source:
    handler(`const objects = [request, new Response('x'), new Headers(), new URL('http://a.example'), new Blob([]), new AbortController(), request.signal, new Event('x'), new FormData(), ctx, crypto, new TextEncoder(), new TextDecoder(), Object.create(Response.prototype), new Proxy(new Response('y'), {}), {}]
    const classes = [Request, Response, Headers, URL, URLSearchParams, Blob, AbortController, AbortSignal, Event, EventTarget, FormData, TextEncoder, TextDecoder, ReadableStream, WritableStream, Crypto]
    let calls = 0
    for (const C of classes) for (const key of Reflect.ownKeys(C.prototype)) for (const object of objects) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(C.prototype, key)
      for (const f of [value, get, set]) if (typeof f === 'function' && key !== 'constructor') try { calls++; f.call(object, 'a', 'b')?.catch?.(() => {}) } catch {}
    }
    return new Response('called ' + (calls > 500))`),
  limits: { cpuMs: 2000 },
  expect: HARMLESS,
  verify: bodiesAre('called true'),
}
