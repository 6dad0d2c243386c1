import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'walks up the stack through Function.prototype.caller and arguments.callee',
  source:
    handler(`const found = new Function('names', 'let f = arguments.callee, out = []; for (let i = 0; f && i < 20; i++) { out.push(String(f).slice(0, 200)); try { f = f.caller } catch (e) { break } } return out.slice(1)')()
    const viaCallback = []
    const sloppy = new Function('viaCallback', 'return function g() { for (let f = g.caller, i = 0; f && i < 20; i++) { viaCallback.push(String(f).slice(0, 200)); try { f = f.caller } catch (e) { break } } return 1 }')(viaCallback)
    JSON.stringify({ toJSON: sloppy }); setTimeout(sloppy, 1); request.signal.addEventListener('abort', sloppy)
    new Headers({ get a() { return sloppy() } })
    await new Promise((resolve) => setTimeout(resolve, 20))
    return new Response([...found, ...viaCallback].filter((text) => text.includes('native code') && !/function (stringify|setTimeout|Headers)?\\(/.test(text)).join('; '))`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
