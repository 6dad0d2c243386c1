import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives all strings and numbers a toJSON()',
  source: handler(`for (const C of [Object, String, Number, Boolean, Array]) C.prototype.toJSON = () => { for (;;); }
    throw new Error('described with JSON')`),
  expect: { endings: ['exception'], host: 'survives' },
}
