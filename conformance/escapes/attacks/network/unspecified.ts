import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks 0.0.0.0 and [::], which connect to this machine',
  source: asks(
    '[`http://0.0.0.0:${env.BAIT_PORT}/`, `http://0:${env.BAIT_PORT}/`, `http://[::]:${env.BAIT_PORT}/`, `http://0.1.2.3:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
