import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces the methods of Map, Set, WeakMap and Array, and waits for what the platform keeps in them',
  source: handler(`const caught = [], undo = []
    for (const C of [Map, Set, WeakMap, WeakSet, Array, Promise]) for (const key of Reflect.ownKeys(C.prototype)) {
      const real = C.prototype[key]
      if (typeof real !== 'function' || key === 'constructor') continue
      undo[undo.length] = [C.prototype, key, real]
      C.prototype[key] = function () { caught[caught.length] = C.name + '.' + String(key); return real.apply(this, arguments) }
    }
    console.log('x', { a: [1] }, new Map([[1, 2]])); const timer = setTimeout(() => {}, 1); clearTimeout(timer); crypto.randomUUID()
    const headers = new Headers({ a: 'b' }); headers.append('c', 'd'); headers.get('c'); const url = new URL('http://a.example/?a=b'); url.searchParams.append('a', 'c'); request.headers.get('host')
    const target = new EventTarget(); target.addEventListener('x', () => {}); target.dispatchEvent(new Event('x')); new AbortController().abort()
    for (let i = 0; i < undo.length; i++) undo[i][0][undo[i][1]] = undo[i][2]
    return new Response([...new Set(caught)].join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
