import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks fe80::/10, with and without a zone',
  source: asks('["http://[fe80::1]/", "http://[febf::1]/", "http://[fe80::1%25eth0]/", "http://[fec0::1]/"]'),
  expect: HARMLESS,
  verify: refusedEverything,
}
