import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks fd00::/8 and the machine’s own address there',
  source: asks(
    '["http://[fd00::1]/", "http://[fc00::1]/", "http://[fd00::2]:" + env.BAIT_PORT + "/", "http://[fdff:ffff::1]/"]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
