// What a client that is over a quota is told of it, in the fields that are meant for that.
// https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers
import type { RateLimit } from '../../task.ts'

/** The largest integer of a structured field. */
const MOST = 999_999_999_999_999

export function rateLimitFields({
  policy,
  quota,
  remaining,
  resetS,
  unit,
  windowS,
}: RateLimit): Record<string, string> {
  const counted = unit === undefined ? '' : `;qu="${unit}"`
  const window = windowS === undefined ? '' : `;w=${windowS}`
  return {
    'ratelimit-policy': `"${policy}";q=${Math.min(quota, MOST)}${counted}${window}`,
    ratelimit: `"${policy}";r=${remaining};t=${resetS}`,
  }
}
