import type { Attack } from '../../attack.ts'
import { reachedNothing } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks the metadata services of clouds, by address',
  source: asks(
    '["http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/", "http://100.100.100.200/", "http://168.63.129.16/", "http://[fd00:ec2::254]/", "http://2852039166/"]',
  ),
  expect: HARMLESS,
  verify: reachedNothing,
}
