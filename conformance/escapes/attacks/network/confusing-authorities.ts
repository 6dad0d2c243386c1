import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes URLs in which two parsers see different hosts',
  source: asks(
    '[`http://example.com@127.0.0.1:${env.BAIT_PORT}/`, `http://127.0.0.1:${env.BAIT_PORT}#@example.com/`, `http://127.0.0.1:${env.BAIT_PORT}\\\\@example.com/`, `http:\\\\\\\\127.0.0.1:${env.BAIT_PORT}/`, `http:127.0.0.1:${env.BAIT_PORT}/`, `http://127.0.0.1\\t:${env.BAIT_PORT}/`, `//127.0.0.1:${env.BAIT_PORT}`, `http://example.com:80@127.0.0.1:${env.BAIT_PORT}/`]',
  ),
  expect: HARMLESS,
  verify: refusedEverything,
}
