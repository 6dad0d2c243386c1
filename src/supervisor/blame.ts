// Why did a host die, and whose fault was it? Read from how it ended, its watchdog's last words, and its flight record.
import type { FlightRecord } from '../wire/flight-record.ts'
import type { DeathCause } from '../wire/incident.ts'
import type { LastWord } from '../wire/supervisor-messages.ts'

export interface Death {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** In the order they came. */
  readonly words: readonly LastWord[]
  readonly record: FlightRecord
  /** The supervisor itself killed it, because it did not answer pings. */
  readonly wasUnresponsive: boolean
  /** The kernel ended a process for want of memory at about that time. */
  readonly outOfMemory: boolean
}

export interface Blame {
  readonly cause: DeathCause
  /** Number of the version that did it; undefined where that is not certain. */
  readonly culprit: number | undefined
  /** Versions that may have done it, where no culprit is known. */
  readonly suspects: readonly number[]
  readonly detail: string
}

/** What V8, the C library and the processor send when a process cannot go on. */
const CRASHES: ReadonlySet<string> = new Set(['SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGILL', 'SIGBUS', 'SIGFPE'])

/** Words a host may say and live on. */
const AMONG_OTHERS: ReadonlySet<LastWord['type']> = new Set(['inside', 'outside', 'overdue'])

export function blame(death: Death): Blame {
  const { code, outOfMemory, record, signal, wasUnresponsive, words } = death
  const last = words.findLast(({ type }) => !AMONG_OTHERS.has(type))
  if (last?.type === 'failed') return { cause: 'exited', culprit: undefined, suspects: [], detail: String(last.detail) }
  if (last !== undefined && 'detail' in last) return accuse(last.type, last.number, record, last.detail)
  const inside = insideBy(words, record)
  if (signal !== null && CRASHES.has(signal)) return accuse('abort', inside, record, `the process died of ${signal}`)
  if (outOfMemory && signal === 'SIGKILL') {
    return accuse('oom', inside, record, 'the kernel ended the process, because the machine had no memory left')
  }
  if (wasUnresponsive) return accuse('unresponsive', inside, record, 'the process did not answer the supervisor')
  // From outside: nobody in it has done anything.
  if (signal !== null) return { cause: 'killed', culprit: undefined, suspects: [], detail: `${signal} from outside` }
  // V8 ends a process it cannot allocate for with an exit code where it has no signal for it.
  return accuse('exited', inside, record, `the process ended with code ${code}`)
}

function accuse(cause: DeathCause, inside: number, record: FlightRecord, detail: string): Blame {
  if (inside !== 0) return { cause, culprit: inside, suspects: [], detail }
  return { cause, culprit: undefined, suspects: record.recent, detail }
}

/** An entry that was announced and has not been left; else what a precise flight record says. */
function insideBy(words: readonly LastWord[], { inside }: FlightRecord): number {
  if (inside !== 0) return inside
  const last = words.at(-1)
  return last?.type === 'inside' || last?.type === 'overdue' ? last.number : 0
}
