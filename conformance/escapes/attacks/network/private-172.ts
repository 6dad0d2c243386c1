import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks 172.16.0.0/12, at both ends',
  source: asks('["http://172.16.0.1/", "http://172.31.255.254/", "http://0xac100001/"]'),
  expect: HARMLESS,
  verify: reachedNothing,
}
