// The HTTP status of an error on the admin port.
import type { ErrorCode } from '../errors.ts'

/** Codes of what is more than a malformed request. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  WORKER_NOT_FOUND: 404,
  VERSION_NOT_FOUND: 404,
  ROUTE_CONFLICT: 409,
  // What is there already stands in the way.
  QUOTA_EXCEEDED: 409,
  NOT_FOUND: 404,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  REQUEST_TOO_LARGE: 413,
  HOST_LOST: 503,
  VERSION_UNAVAILABLE: 503,
  MEMORY_PRESSURE: 503,
  STORE_FAILED: 503,
  RUNTIME_CLOSED: 503,
  POOL_EXHAUSTED: 503,
  QUEUE_FULL: 503,
  // The version is well-formed and cannot be run.
  LOAD_FAILED: 422,
  NO_HANDLER: 422,
  CPU_LIMIT: 422,
  MEMORY_LIMIT: 422,
  WALL_TIME_LIMIT: 422,
}

export function statusOf(code: ErrorCode): number {
  return STATUSES[code] ?? 400
}
