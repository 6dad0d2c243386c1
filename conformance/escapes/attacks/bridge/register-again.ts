import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'

export const attack: Attack = {
  title: 'looks for the function its script registered with, and calls it again',
  source: `const atLoad = typeof __isopod__
export default { fetch() { return new Response(atLoad + ' ' + typeof globalThis.__isopod__ + ' ' + Reflect.ownKeys(globalThis).filter((key) => String(key).includes('isopod'))) } }`,
  expect: HARMLESS,
  verify: bodiesAre('undefined undefined '),
}
