import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'lets promises make promises of a class of its own',
  source: handler(
    `Object.defineProperty(Promise, Symbol.species, { get() { for (;;); } }); Promise.prototype.constructor = class { constructor() { for (;;); } }; await new Promise((resolve) => setTimeout(resolve, 1))`,
  ),
  expect: { endings: ['ok', 'exceededCpu', 'recycled'], host: 'survives' },
}
