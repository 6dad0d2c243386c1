// How a task ended, as data. Every task ends with exactly one of these; nothing else is thrown at a caller for it.

export const OUTCOME_NAMES = [
  'ok',
  'exception',
  'loadFailed',
  'exceededCpu',
  'exceededMemory',
  'exceededWallTime',
  'quotaExceeded',
  'loadShed',
  'quarantined',
  'recycled',
  'hostLost',
  'notFound',
  'tooLarge',
  'canceled',
] as const

export type Outcome = (typeof OUTCOME_NAMES)[number]

interface OutcomeFacts {
  /** HTTP status where the worker itself did not answer. */
  readonly status: number
  /** Trying again later may help: the answer carries Retry-After. */
  readonly retryable: boolean
}

export const OUTCOMES: Readonly<Record<Outcome, OutcomeFacts>> = {
  ok: { status: 200, retryable: false },
  exception: { status: 500, retryable: false },
  loadFailed: { status: 500, retryable: false },
  exceededCpu: { status: 503, retryable: false },
  exceededMemory: { status: 503, retryable: false },
  exceededWallTime: { status: 504, retryable: false },
  quotaExceeded: { status: 429, retryable: true },
  loadShed: { status: 503, retryable: true },
  quarantined: { status: 503, retryable: true },
  recycled: { status: 503, retryable: true },
  hostLost: { status: 503, retryable: true },
  notFound: { status: 404, retryable: false },
  tooLarge: { status: 413, retryable: false },
  /** Nobody is left to read it; the status is for logs. */
  canceled: { status: 499, retryable: false },
}
