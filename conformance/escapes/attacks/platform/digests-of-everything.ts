// Each call copies its bytes, milliseconds in which V8 looks for nothing: see the known gaps.
import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hashes the same 32 megabytes a thousand times without waiting',
  source: handler(`const bytes = new Uint8Array(32 * 1024 * 1024)
    const all = []
    for (let i = 0; i < 1000; i++) all.push(crypto.subtle.digest('SHA-512', bytes))
    await Promise.allSettled(all)`),
  expect: LIMIT_OR_HOST_KILLED,
}
