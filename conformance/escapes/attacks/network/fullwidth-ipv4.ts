import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 with characters that are mapped to digits and dots',
  source: asks(
    '[`http://\uff11\uff12\uff17.\uff10.\uff10.\uff11:${env.BAIT_PORT}/`, `http://127\u30020\u30020\u30021:${env.BAIT_PORT}/`, `http://\u2460\u2461\u2466.0.0.1:${env.BAIT_PORT}/`, `http://%31%32%37.0.0.1:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
