import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces Promise.prototype.then, which every await goes through',
  source: handler(
    `Promise.prototype.then = function () { for (;;); }; Promise.prototype.catch = Promise.prototype.then; Promise.resolve = () => { for (;;); }; await new Promise((resolve) => setTimeout(resolve, 1))`,
  ),
  expect: { endings: ['ok', 'exceededCpu', 'recycled'], host: 'survives' },
}
