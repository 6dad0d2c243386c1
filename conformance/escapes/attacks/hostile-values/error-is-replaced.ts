import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces the global Error by a class that loops',
  source: handler(
    `globalThis.Error = globalThis.TypeError = globalThis.DOMException = class { constructor() { for (;;); } }; new Headers({ 'not valid': '' })`,
  ),
  expect: { endings: ['exception'], host: 'survives' },
}
