import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks 192.168.0.0/16 and the reserved ranges beside it',
  source: asks(
    '["http://192.168.0.1/", "http://192.168.255.254/", "http://192.0.0.1/", "http://192.0.2.1/", "http://198.18.0.1/"]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
