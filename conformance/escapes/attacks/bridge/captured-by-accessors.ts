import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets traps on Object.prototype for the names of the platform’s own fields',
  source: handler(`const caught = []
    for (const key of ['id', 'task', 'op', 'ops', 'settle', 'abandon', 'waiting', 'answered', 'ended', 'onAbort', 'cancelBody', 'body', 'content', 'source', 'stream', 'state', 'handler', 'args', 'call', 'receive', 'type', 'list', 'value', 'done']) {
      Object.defineProperty(Object.prototype, key, { configurable: true, get() { return undefined }, set(value) { caught[caught.length] = key; Object.defineProperty(this, key, { configurable: true, enumerable: true, writable: true, value }) } })
    }
    const timer = setTimeout(() => {}, 1); clearTimeout(timer); await new Promise((resolve) => setTimeout(resolve, 1))
    request.headers.get('host'); new Headers({ a: 'b' }); await fetch(env.ORIGIN).then((response) => response.text()); ctx.waitUntil(Promise.resolve())
    for (const key of Object.keys(Object.getOwnPropertyDescriptors(Object.prototype))) if (!['constructor', 'toString', 'valueOf'].includes(key)) try { delete Object.prototype[key] } catch {}
    return new Response([...new Set(caught)].join())`),
  expect: ANSWER_OR_EXCEPTION,
  verify: ({ bodies, exchanges }) =>
    exchanges[0]?.ending === 'ok' && bodies[0] !== '' ? `the platform's fields went through: ${bodies[0]}` : undefined,
}
