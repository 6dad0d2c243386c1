import type { Attack } from '../../attack.ts'
import { all, bodiesAre, oneResponseEach } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'

export const attack: Attack = {
  title: 'resolves a thenable again and again, with different responses',
  source: `export default { fetch: () => ({ then(resolve, reject) { resolve(new Response('first')); resolve(new Response('second')); reject(new Error('third')); throw new Error('fourth') } }) }`,
  expect: HARMLESS,
  verify: all(bodiesAre('first'), oneResponseEach),
}
