import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 in octal',
  source: asks(
    '[`http://0177.0.0.1:${env.BAIT_PORT}/`, `http://017700000001:${env.BAIT_PORT}/`, `http://0177.0000.00000.01:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
