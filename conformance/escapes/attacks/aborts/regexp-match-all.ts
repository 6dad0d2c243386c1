import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps all matches in a string of 2**27 characters',
  source: handler(`[...'ab'.repeat(2 ** 26).matchAll(/a/g)]`),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
