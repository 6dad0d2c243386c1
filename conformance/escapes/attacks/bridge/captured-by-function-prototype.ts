// Were the platform to call the host by f.call() or f.apply(), the tenant's replacement would be handed the host's function.
import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces call, apply and bind, and waits for the function that leads to the host',
  source: handler(`const caught = []
    const { call, apply, bind } = Function.prototype
    const { apply: reflectApply, construct } = Reflect
    const trap = (name, real) => function (...args) { caught[caught.length] = name + ' ' + String(typeof this === 'function' ? this.name : args[0]?.name); return reflectApply(real, this, args) }
    Function.prototype.call = trap('call', call); Function.prototype.apply = trap('apply', apply); Function.prototype.bind = trap('bind', bind)
    Reflect.apply = trap('Reflect.apply', reflectApply); Reflect.construct = trap('Reflect.construct', construct)
    console.log('x', { a: 1 }); const timer = setTimeout(() => {}, 1); clearTimeout(timer); crypto.randomUUID(); new URL('http://\\u00fc.example/?a=b').searchParams.get('a')
    await new Promise((resolve) => setTimeout(resolve, 1)); await fetch(env.ORIGIN).then((response) => response.text()); new TextDecoder('shift_jis').decode(new Uint8Array(3)); request.headers.get('host'); new Headers({ a: 'b' }).forEach(() => {})
    Function.prototype.call = call; Function.prototype.apply = apply; Function.prototype.bind = bind; Reflect.apply = reflectApply; Reflect.construct = construct
    return new Response(caught.join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
