// Every coded error there is. `docs/errors.md` lists exactly this table; a test compares the two.

/** Code → what went wrong. The text a caller sees adds the particulars. */
export const ERROR_CODES = {
  WORKER_NOT_FOUND: 'no worker has that name',
  VERSION_NOT_FOUND: 'the worker has no version of that id, or not any more',
  ROUTE_CONFLICT: 'the route, or its host name, belongs to somebody else',
  INVALID_WORKER_ID: 'a worker id must be a non-empty string of letters, digits, "-" and "_"',
  INVALID_BUNDLE: 'the bundle is not one Isopod made, or is damaged',
  INVALID_OPTION: 'an option has a value outside its range, or is unknown',
  INVALID_CRON: 'a cron expression or its time zone is not valid',
  INVALID_REQUEST: 'the HTTP request is malformed, or its target or Host header is not valid',
  INVALID_TASK: 'the task is not a fetch, scheduled or execute task of the documented shape',
  ENTRY_NOT_FOUND: 'the entry file does not exist',
  CONFIG_NOT_FOUND: 'the folder has no configuration of a worker',
  CONFIG_INVALID: 'the configuration of the worker is not valid',
  BUNDLE_FAILED: 'the project could not be bundled',
  INVALID_PROGRAM: 'the submitted code is no program',
  LOAD_FAILED: 'the version threw, or exceeded a limit, while it was loading',
  NO_HANDLER: 'the version has no handler for this kind of task',
  WORKER_EXCEPTION: 'the worker threw',
  NOT_A_RESPONSE: 'the fetch handler returned something other than a Response',
  RESPONSE_BODY_USED: 'the fetch handler returned a Response whose body was already read',
  RESPONSE_TOO_LARGE: 'the response is larger than the limit',
  OUTPUT_NOT_SERIALIZABLE: 'the result of an execute task is not JSON',
  CPU_LIMIT: 'the task used more CPU time than it may',
  MEMORY_LIMIT: 'the isolate used more memory than it may',
  WALL_TIME_LIMIT: 'the task took longer than it may',
  REQUEST_TOO_LARGE: 'the request body is larger than the limit',
  HEADERS_TOO_LARGE: 'the head of the HTTP request is larger than the limit',
  WEBSOCKET_LIMIT: 'the instance has more WebSockets of clients open than it may',
  WEBSOCKET_MODE: 'the worker answered with a WebSocket in a mode that runs one task at a time',
  SUBREQUEST_LIMIT: 'the task made more subrequests than it may',
  OP_LIMIT: 'the task has more operations under way than it may',
  KV_QUOTA: 'the tenant keeps as much in its KV namespaces as it may',
  ADDRESS_REFUSED: 'the host or address is not one that the worker may reach',
  QUOTA_EXCEEDED: 'the tenant uses as much of one of its quotas as it may',
  QUEUE_FULL: 'too many tasks are waiting for this worker, or of this tenant',
  QUEUE_TIMEOUT: 'the task waited too long for an instance',
  POOL_EXHAUSTED: 'every instance is in use and too many tasks are waiting',
  RECYCLED: 'the instance was replaced while the task was running',
  HOST_LOST: 'the host process ended while the task was running',
  QUARANTINED: 'the worker did damage and is held back',
  VERSION_UNAVAILABLE: 'the version could not be fetched from control in time',
  MEMORY_PRESSURE: 'the host has no memory left for another instance',
  STORE_FAILED: 'the state could not be written to disk',
  SANDBOX_UNAVAILABLE: 'this machine does not offer the confinement that was asked for',
  HOST_FAILED: 'the host process could not be started',
  TASK_CANCELED: 'the caller went away',
  RUNTIME_CLOSED: 'the runtime is closed',
  NOT_RUNNING: 'no server answers where one was expected',
  UNAUTHORIZED: 'the admin API wants a token, or does not know this one',
  FORBIDDEN: 'the admin API does not do this for whoever asks',
  NOT_FOUND: 'the admin API has no such page, or nothing of that name',
  RATE_LIMITED: 'the admin API was asked too often',
  INTERNAL: 'the server failed; its log says how',
  TOKEN_REQUIRED: 'the admin port would be open to a token only, and there is none',
  PORT_IN_USE: 'another process listens on that port',
  DATA_IN_USE: 'another server uses that data folder',
  ENGINE_FLAGS: 'the process was started without the flags the engine needs',
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/** An error with a code from {@link ERROR_CODES}; its message is meant for people. */
export class IsopodError extends Error {
  override readonly name = 'IsopodError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? ERROR_CODES[code], options)
    this.code = code
  }
}
