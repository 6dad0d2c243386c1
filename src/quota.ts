// What all workers of a tenant may use together, on the whole server. Whatever is not given has no bound.

export interface TenantQuota {
  /** Tasks of any type that begin in a second; what static files answer counts too. Fractions are fine. */
  readonly requestsPerSecond?: number
  /** Tasks under way at once, `waitUntil` and streamed bodies included. Those that became a WebSocket count no more. */
  readonly concurrentTasks?: number
  /** Workers that have a version that answers. */
  readonly workers?: number
  /** CPU time of the tasks that ended in the last minute, in milliseconds. */
  readonly cpuMsPerMinute?: number
  /** Requests that workers made, redirects included, in tasks that ended in the last minute. */
  readonly subrequestsPerMinute?: number
  /** Bytes that such tasks sent: bodies of responses and of requests of their own, messages of WebSockets. */
  readonly egressBytesPerMinute?: number
}

export const QUOTA_NAMES = [
  'requestsPerSecond',
  'concurrentTasks',
  'workers',
  'cpuMsPerMinute',
  'subrequestsPerMinute',
  'egressBytesPerMinute',
] as const

/** Weights of tenants are integers from 1, which all have unless told, to this. */
export const MOST_WEIGHT = 100

/** The least that a quota may be. */
export const LEAST_RATE = 0.01
/** The most that any quota may be: more is no bound. */
export const LARGEST_QUOTA = 1_000_000_000_000
