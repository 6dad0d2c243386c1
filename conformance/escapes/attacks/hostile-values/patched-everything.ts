import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces every method of every built-in by a loop',
  source:
    handler(`const all = ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Promise', 'Map', 'Set', 'WeakMap', 'RegExp', 'Date', 'JSON', 'Reflect', 'Uint8Array', 'ArrayBuffer', 'Math', 'BigInt', 'Proxy', 'DataView']
    const define = Object.defineProperty, keysOf = Reflect.ownKeys, loop = () => { for (;;); }
    for (let i = 0; i < all.length; i++) { const C = globalThis[all[i]]; const holders = [C, C.prototype]; for (let j = 0; j < 2; j++) { if (!holders[j]) continue; const keys = keysOf(holders[j]); for (let k = 0; k < keys.length; k++) try { define(holders[j], keys[k], { value: loop }) } catch {} } }
    return new Response('replaced', { headers: { a: 'b' } })`),
  expect: { endings: ['ok', 'exception', 'exceededCpu', 'recycled'], host: 'survives' },
}
