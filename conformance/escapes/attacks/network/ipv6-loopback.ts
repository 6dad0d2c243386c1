import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks [::1], in its spellings',
  source: asks(
    '[`http://[::1]:${env.BAIT_PORT}/`, `http://[0:0:0:0:0:0:0:1]:${env.BAIT_PORT}/`, `http://[0000::0001]:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
