import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 in hexadecimal',
  source: asks(
    '[`http://0x7f000001:${env.BAIT_PORT}/`, `http://0x7f.0x0.0x0.0x1:${env.BAIT_PORT}/`, `http://0x7f.1:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
