import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 and the metadata address behind the prefix of NAT64',
  source: asks('["http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::7f00:1]/"]'),
  expect: HARMLESS,
  verify: reachedNothing,
}
