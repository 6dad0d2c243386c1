import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws a proxy that has been revoked',
  source: handler(`const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy`),
  expect: { endings: ['exception'], host: 'survives' },
}
