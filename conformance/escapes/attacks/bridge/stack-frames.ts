// Call sites know the function and the receiver of each frame: the way out of many a sandbox.
import type { Attack } from '../../attack.ts'
import { all, bodiesMatch, showsNothingOfTheHost } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks call sites for the functions and receivers of the frames below',
  source: handler(`let sites = 'none'
    const prepare = (error, frames) => { sites = frames.map((frame) => typeof frame.getThis() + typeof frame.getFunction()).join(); return 'x' }
    for (const holder of [Error, TypeError, Function.prototype, Object.prototype]) try { holder.prepareStackTrace = prepare } catch {}
    const stacks = []
    const collect = () => stacks.push(String(new Error('here').stack))
    collect(); JSON.stringify({ toJSON: collect }); setTimeout(collect, 1); queueMicrotask(collect)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return new Response(sites + ' ' + stacks.join(' '))`),
  expect: HARMLESS,
  verify: all(bodiesMatch(/^none /), showsNothingOfTheHost),
}
