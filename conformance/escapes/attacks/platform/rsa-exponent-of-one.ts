import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'generates RSA keys whose exponent makes OpenSSL search',
  source:
    handler(`const tries = [[1], [0], [3], [255, 255, 255, 255, 255], []].map((bytes) => crypto.subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array(bytes), hash: 'SHA-1' }, true, ['encrypt', 'decrypt']))
    await Promise.allSettled(tries)`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
