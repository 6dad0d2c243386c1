// Which of two versions a request goes to. One who comes back gets the same: by a key of the client's choice, or by its
// address.
import { createHash, randomInt } from 'node:crypto'
import type { FetchRequest } from '../../task.ts'

/** The second is what clients of Cloudflare Workers send. */
const KEY_HEADERS = new Set(['isopod-version-key', 'cloudflare-workers-version-key'])

/** 0 to 99; by chance for a request that says nothing of where it comes from. */
export function shareOf({ client, headers }: FetchRequest): number {
  const list = typeof headers === 'function' ? headers() : headers
  const key = list.find(([name]) => KEY_HEADERS.has(name.toLowerCase()))?.[1] ?? client?.()
  if (key === undefined) return randomInt(100)
  return createHash('sha256').update(key).digest().readUInt32BE() % 100
}
