// Were the platform to call the host by f.call() or f.apply(), the tenant's replacement would be handed the host's function.
import type { Attack } from '../../attack.ts'
import { bodiesMatch } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler, KEEPER } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces call, apply and bind, and waits for the function that leads to the host',
  source: handler(`${KEEPER}
    const { call, apply, bind } = Function.prototype, { apply: reflectApply, construct } = Reflect
    const trap = (real) => function (...args) { keep(this); for (let i = 0; i < args.length; i++) keep(args[i]); return reflectApply(real, this, args) }
    Function.prototype.call = trap(call); Function.prototype.apply = trap(apply); Function.prototype.bind = trap(bind)
    Reflect.apply = trap(reflectApply); Reflect.construct = trap(construct)
    console.log('x', { a: [1] }, new Map([[1, 2]])); clearTimeout(setTimeout(() => {}, 1)); crypto.randomUUID()
    new URL('http://\\u00fc.example/?a=b').searchParams.append('a', 'c'); request.headers.get('host'); new Headers({ a: 'b' }).forEach(() => {})
    await new Promise((resolve) => setTimeout(resolve, 1)); await fetch(env.ORIGIN).then((response) => response.text()); new TextDecoder('shift_jis').decode(new Uint8Array(3))
    Object.assign(Function.prototype, { call, apply, bind }); Object.assign(Reflect, { apply: reflectApply, construct })
    return new Response(wayOut())`),
  expect: ANSWER_OR_EXCEPTION,
  verify: bodiesMatch(/^(?:no way out|nothing kept)$|WORKER_EXCEPTION/),
}
