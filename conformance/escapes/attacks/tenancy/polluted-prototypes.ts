import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'changes every prototype it has, so that the neighbour would notice',
  source: moduleWith(
    `Object.prototype.escaped = 1; Array.prototype.escaped = 1; globalThis.escaped = 1; Promise.prototype.then = Promise.prototype.then; Symbol.for('escaped'); Response.prototype.text = () => 'escaped'`,
  ),
  requests: [{ times: 4 }],
  expect: HARMLESS,
}
