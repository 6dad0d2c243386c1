import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 as one number',
  source: asks('[`http://2130706433:${env.BAIT_PORT}/`]'),
  expect: HARMLESS,
  verify: reachedNothing,
}
