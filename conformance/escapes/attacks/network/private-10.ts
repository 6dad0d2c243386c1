import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks 10.0.0.0/8',
  source: asks('["http://10.0.0.1/", "http://10.255.255.254:8080/", "http://[::ffff:10.0.0.1]/"]'),
  expect: HARMLESS,
  verify: reachedNothing,
}
