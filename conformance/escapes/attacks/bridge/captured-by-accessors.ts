import type { Attack } from '../../attack.ts'
import { bodiesMatch } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler, KEEPER } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets traps on Object.prototype for the names of the platform’s own fields, and for indices',
  source: handler(`${KEEPER}
    const names = ['id', 'task', 'op', 'ops', 'settle', 'abandon', 'waiting', 'answered', 'ended', 'onAbort', 'cancelBody', 'body', 'content', 'source', 'stream', 'state', 'handler', 'args', 'call', 'receive', 'type', 'list', '0', '1', '2']
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, { configurable: true, get() { keep(this); return undefined }, set(value) { keep(this); keep(value); Reflect.defineProperty(this, name, { configurable: true, enumerable: true, writable: true, value }) } })
    }
    const use = async () => { console.log('x', { a: [1] }, new Map([[1, 2]])); clearTimeout(setTimeout(() => {}, 1)); crypto.randomUUID()
    new URL('http://\\u00fc.example/?a=b').searchParams.append('a', 'c'); request.headers.get('host'); new Headers({ a: 'b' }).forEach(() => {})
    await new Promise((resolve) => setTimeout(resolve, 1)); await fetch(env.ORIGIN).then((response) => response.text()); new TextDecoder('shift_jis').decode(new Uint8Array(3)) }
    await use().catch(() => {})
    for (const name of names) delete Object.prototype[name]
    return new Response(wayOut())`),
  expect: ANSWER_OR_EXCEPTION,
  verify: bodiesMatch(/^(?:no way out|nothing kept)$|WORKER_EXCEPTION/),
}
