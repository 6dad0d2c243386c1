import type { Attack } from '../../attack.ts'
import { bodiesMatch } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler, KEEPER } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces the methods of Map, Set, Array and Promise, and waits for what the platform keeps in them',
  source: handler(`${KEEPER}
    const undo = [], { apply } = Reflect
    for (const C of [Map, Set, WeakMap, WeakSet, Array, Promise]) for (const key of Reflect.ownKeys(C.prototype)) {
      const { value: real } = Object.getOwnPropertyDescriptor(C.prototype, key)
      if (typeof real !== 'function' || key === 'constructor') continue
      undo[undo.length] = () => { C.prototype[key] = real }
      C.prototype[key] = function (...args) { keep(this); for (let i = 0; i < args.length; i++) keep(args[i]); return apply(real, this, args) }
    }
    console.log('x', { a: [1] }, new Map([[1, 2]])); clearTimeout(setTimeout(() => {}, 1)); crypto.randomUUID()
    new URL('http://\\u00fc.example/?a=b').searchParams.append('a', 'c'); request.headers.get('host'); new Headers({ a: 'b' }).forEach(() => {})
    await new Promise((resolve) => setTimeout(resolve, 1)); await fetch(env.ORIGIN).then((response) => response.text()); new TextDecoder('shift_jis').decode(new Uint8Array(3))
    const target = new EventTarget(); target.addEventListener('x', () => {}); target.dispatchEvent(new Event('x')); new AbortController().abort()
    for (let i = 0; i < undo.length; i++) undo[i]()
    return new Response(wayOut())`),
  expect: ANSWER_OR_EXCEPTION,
  verify: bodiesMatch(/^(?:no way out|nothing kept)$|WORKER_EXCEPTION/),
}
