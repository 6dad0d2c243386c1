import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 as an IPv6 address',
  source: asks(
    '[`http://[::ffff:127.0.0.1]:${env.BAIT_PORT}/`, `http://[::ffff:7f00:1]:${env.BAIT_PORT}/`, `http://[0:0:0:0:0:ffff:127.0.0.1]:${env.BAIT_PORT}/`, `http://[::127.0.0.1]:${env.BAIT_PORT}/`, `http://[::ffff:0:127.0.0.1]:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
