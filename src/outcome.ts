// How a task ended, as data. Every task ends with exactly one of these; nothing else is thrown at a caller for it.

/** What became of a task, with the HTTP status a caller sees when the worker itself did not answer. */
export const OUTCOMES = {
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
  canceled: { status: 499, retryable: false },
} as const satisfies Record<string, { readonly status: number; readonly retryable: boolean }>

export type Outcome = keyof typeof OUTCOMES
