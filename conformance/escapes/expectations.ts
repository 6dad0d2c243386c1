// The ways in which most attacks may end, by name.
import type { Expectation } from './attack.ts'

/**
 * The CPU limit ends the task. On a machine too busy to tell a loop from a worker that waits for its turn, the verdict
 * is `recycled`: the same end, without the blame.
 */
export const CPU_LIMIT: Expectation = { endings: ['exceededCpu', 'recycled'], host: 'survives' }

/** The same while the version is loaded, before it takes requests. */
export const CPU_LIMIT_AT_DEPLOY: Expectation = { endings: ['refusedDeploy'], host: 'survives' }

/** Nothing inside the process can end it: the host dies, and the worker is to blame. */
export const HOST_KILLED: Expectation = { endings: ['hostLost', 'quarantined'], host: 'dies' }

/** V8 ends it by itself where the machine is fast enough, and the watchdog ends it where not. */
export const LIMIT_OR_HOST_KILLED: Expectation = {
  endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'recycled', 'hostLost', 'quarantined'],
  host: 'may-die',
}

/** The isolate's heap limit, or its CPU limit if that comes first. */
export const MEMORY_LIMIT: Expectation = {
  endings: ['exceededMemory', 'exceededCpu', 'recycled', 'exception'],
  host: 'survives',
}

/** The same for memory that V8 counts late or not at all: the watchdog may have to end the host. */
export const MEMORY_LIMIT_OR_HOST_KILLED: Expectation = {
  endings: ['exceededMemory', 'exceededCpu', 'recycled', 'exception', 'ok', 'hostLost', 'quarantined'],
  host: 'may-die',
}

/** The worker answers as if nothing were; what matters is what it could not do. */
export const HARMLESS: Expectation = { endings: ['ok'], host: 'survives' }

/** The platform throws inside the worker, or answers in its place. */
export const ANSWER_OR_EXCEPTION: Expectation = { endings: ['ok', 'exception'], host: 'survives' }

/** Whatever it is, it ends by a limit or by an answer, and the host goes on. */
export const LIMIT_OR_ANSWER: Expectation = {
  endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'recycled'],
  host: 'survives',
}
