// What a host tells control of tasks that are over: of those that logged something or failed, and of all that somebody
// watches. Bounded: reporting must not cost what serving needs, so beyond a rate they are only counted.
import type { TaskRecord } from '../../task.ts'
import type { TailFilter, TaskReport } from '../../wire/control-messages.ts'

const FLUSH_MS = 100
/** In one flush. */
const MAX_REPORTS = 200
const MAX_LOG_CHARACTERS = 512 * 1024

export class TaskReports {
  readonly #send: (reports: readonly TaskReport[], dropped: number) => void
  #filters: readonly TailFilter[] = []
  #waiting: TaskReport[] = []
  #waitingCharacters = 0
  #dropped = 0
  #lastId = 0
  #timer: NodeJS.Timeout | undefined

  constructor(send: (reports: readonly TaskReport[], dropped: number) => void) {
    this.#send = send
  }

  watch(filters: readonly TailFilter[]): void {
    this.#filters = filters
  }

  add(record: TaskRecord): void {
    const { logs, outcome } = record
    const isQuiet = logs.length === 0 && (outcome === 'ok' || outcome === 'canceled')
    if (isQuiet && !this.#filters.some((filter) => fits(filter, record))) return
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS)
    if (this.#waiting.length >= MAX_REPORTS || this.#waitingCharacters > MAX_LOG_CHARACTERS) {
      this.#dropped += 1
      return
    }
    this.#lastId += 1
    this.#waitingCharacters += logs.reduce((sum, { message }) => sum + message.length, 0)
    this.#waiting.push({ id: this.#lastId, time: Date.now(), record })
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.length > 0 || this.#dropped > 0) this.#send(this.#waiting, this.#dropped)
    this.#waiting = []
    this.#waitingCharacters = 0
    this.#dropped = 0
  }
}

function fits({ tenant, worker }: TailFilter, record: TaskRecord): boolean {
  return (tenant === undefined || tenant === record.tenant) && (worker === undefined || worker === record.worker)
}
