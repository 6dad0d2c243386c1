import type { Attack } from '../../attack.ts'
import { refusedEverything } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { asks } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks for files, sockets and other schemes',
  source: asks(
    '["file:///etc/passwd", "ftp://127.0.0.1/", "unix:/var/run/docker.sock", "http+unix://%2Fvar%2Frun%2Fdocker.sock/", "blob:x", "gopher://127.0.0.1:" + env.BAIT_PORT, "ws://127.0.0.1:" + env.BAIT_PORT, "javascript:1", "about:blank"]',
  ),
  expect: HARMLESS,
  verify: refusedEverything,
}
