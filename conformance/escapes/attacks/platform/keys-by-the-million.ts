import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'imports keys until the host is full of them',
  source: handler(`const keys = []
    for (;;) keys.push(await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveBits']))`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
