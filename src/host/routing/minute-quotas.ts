// The quotas of a minute: what of a task counts, which is known when it ends, and what callers are told.
import type { Usage } from '../../task.ts'

export const MINUTE_QUOTA_NAMES = ['cpuMsPerMinute', 'subrequestsPerMinute', 'egressBytesPerMinute'] as const

export type MinuteQuotaName = (typeof MINUTE_QUOTA_NAMES)[number]

interface MinuteQuota {
  /** What a task has used, a whole number. */
  readonly of: (usage: Usage) => number
  /** How many of those are one of the quota's. */
  readonly perUnit: number
  readonly text: string
  /** In the RateLimit fields, where it is not requests. */
  readonly unit?: string
  readonly showing: (amount: string) => string
}

export const MINUTE_QUOTAS: Readonly<Record<MinuteQuotaName, MinuteQuota>> = {
  cpuMsPerMinute: {
    of: ({ cpuUs }) => Math.round(cpuUs),
    perUnit: 1000,
    text: 'ms of CPU time',
    unit: 'cpu-ms',
    showing: (amount) => `${amount} ms`,
  },
  subrequestsPerMinute: {
    of: ({ subrequests }) => subrequests,
    perUnit: 1,
    text: 'subrequests',
    showing: (amount) => amount,
  },
  egressBytesPerMinute: {
    of: ({ bytesOut, bytesSent }) => bytesOut + bytesSent,
    perUnit: 1,
    text: 'bytes sent',
    unit: 'content-bytes',
    showing: (amount) => `${amount} bytes`,
  },
}
