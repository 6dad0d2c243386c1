import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks localhost, in its spellings',
  source: asks(
    '[`http://localhost:${env.BAIT_PORT}/`, `http://LOCALHOST:${env.BAIT_PORT}/`, `http://localhost.:${env.BAIT_PORT}/`, `http://a.localhost:${env.BAIT_PORT}/`, `http://localhost.localdomain:${env.BAIT_PORT}/`, `http://ip6-localhost:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: refusedEverything,
}
