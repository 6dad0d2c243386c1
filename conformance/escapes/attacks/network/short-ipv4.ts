import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 with fewer parts',
  source: asks(
    '[`http://127.1:${env.BAIT_PORT}/`, `http://127.0.1:${env.BAIT_PORT}/`, `http://127.0.0.1.:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
