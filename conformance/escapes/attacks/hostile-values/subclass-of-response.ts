import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'returns a response of a class whose getters loop',
  source:
    handler(`class Mine extends Response { get status() { for (;;); } get headers() { for (;;); } get body() { for (;;); } get bodyUsed() { for (;;); } }
    return new Mine('mine')`),
  expect: HARMLESS,
  verify: bodiesAre('mine'),
}
