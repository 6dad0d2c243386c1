import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes 127.0.0.1 behind the prefixes of 6to4, Teredo and others',
  source: asks(
    '["http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/", "http://[2001:0:7f00:1::]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[100::1]/"]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
