import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks 127.0.0.1 and its neighbours',
  source: asks(
    '[`http://127.0.0.1:${env.BAIT_PORT}/`, `http://127.0.0.3:${env.BAIT_PORT}/`, `http://127.255.255.254:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
