import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks the metadata services of clouds, by name',
  source: asks('["http://metadata.google.internal/", "http://metadata/", "http://instance-data/"]'),
  expect: HARMLESS,
  verify: refusedEverything,
}
