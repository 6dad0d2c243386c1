// When a cron expression comes in a time zone. Five fields, with the meaning they have at Cloudflare, where days of the week
// count from 1 for Sunday: what is written for one place must not mean another day in the other.
import { Cron } from 'croner'
import { IsopodError } from '../errors.ts'

interface Field {
  readonly name: string
  readonly characters: RegExp
  readonly values: string
}

const FIELDS: readonly Field[] = [
  { name: 'minute', characters: /^[\d*,/-]+$/, values: '0 to 59' },
  { name: 'hour', characters: /^[\d*,/-]+$/, values: '0 to 23' },
  { name: 'day of the month', characters: /^[\d*,/LW-]+$/i, values: '1 to 31, L for the last, or W for a weekday' },
  { name: 'month', characters: /^[\dA-Z*,/-]+$/i, values: '1 to 12, or JAN to DEC' },
  { name: 'day of the week', characters: /^[1-7A-Z*,/#-]+$/i, values: '1 for Sunday to 7 for Saturday, or SUN to SAT' },
]
const MAX_LENGTH = 200
const MAX_SHARED = 10_000

export interface CronInit {
  readonly cron: string
  readonly zone: string
}

interface Answer {
  readonly fromMs: number
  readonly nextMs: number | undefined
}

/** Ticks are Unix times in milliseconds, and at least a minute apart. */
export class CronClock {
  readonly #cron: Cron
  /** The latest two: when many schedules have the same clock, each asks for the tick that has come and the one after it. */
  #answers: readonly Answer[] = []

  constructor(cron: Cron) {
    this.#cron = cron
  }

  /** The first tick after that time; undefined where there is none any more. */
  next(afterMs: number): number | undefined {
    const known = this.#answers.find(({ fromMs, nextMs = Infinity }) => afterMs >= fromMs && afterMs < nextMs)
    if (known !== undefined) return known.nextMs
    const nextMs = this.#cron.nextRun(new Date(afterMs))?.getTime()
    this.#answers = [{ fromMs: afterMs, nextMs }, ...this.#answers.slice(0, 1)]
    return nextMs
  }

  /** The last tick at or before that time. */
  latest(untilMs: number): number | undefined {
    return this.#cron.previousRuns(1, new Date(untilMs + 1))[0]?.getTime()
  }
}

/** One clock for each expression and zone, whoever uses it: thousands of workers have the same few. */
export class CronClocks {
  readonly #clocks = new Map<string, CronClock>()

  /** @throws IsopodError `INVALID_CRON` naming what is wrong */
  get(init: CronInit): CronClock {
    const key = `${init.zone} ${init.cron}`
    const known = this.#clocks.get(key)
    if (known !== undefined) return known
    // Who has a clock keeps it: only sharing ends.
    if (this.#clocks.size >= MAX_SHARED) this.#clocks.clear()
    const clock = new CronClock(parseCron(init))
    this.#clocks.set(key, clock)
    return clock
  }
}

/** One space between fields: the form in which an expression is kept, and told to its worker. */
export function plainCron(cron: string): string {
  return cron.trim().split(/\s+/).join(' ')
}

function parseCron({ cron, zone }: CronInit): Cron {
  const shown = JSON.stringify(cron.length > MAX_LENGTH ? `${cron.slice(0, MAX_LENGTH)}…` : cron)
  const parts = cron.split(' ')
  if (parts.length !== FIELDS.length || cron.length > MAX_LENGTH) {
    const message = `The cron expression ${shown} has not the five fields minute, hour, day of the month, month and day of the week.`
    throw new IsopodError('INVALID_CRON', message)
  }
  for (const [index, { characters, name, values }] of FIELDS.entries()) {
    const part = parts[index] ?? ''
    const alone = FIELDS.map((_field, other) => (other === index ? part : '*')).join(' ')
    if (characters.test(part) && compile(alone, 'UTC') !== undefined) continue
    const message = `The cron expression ${shown} has a ${name} that is none: ${JSON.stringify(part)}. It takes ${values}, with "*", lists, ranges and steps.`
    throw new IsopodError('INVALID_CRON', message)
  }
  if (!isZone(zone)) throw new IsopodError('INVALID_CRON', `There is no time zone ${JSON.stringify(zone)}.`)
  const compiled = compile(cron, zone)
  if (compiled === undefined || compiled.nextRun() === null) {
    throw new IsopodError('INVALID_CRON', `The cron expression ${shown} never comes.`)
  }
  return compiled
}

function compile(cron: string, timezone: string): Cron | undefined {
  try {
    return new Cron(cron, { timezone, paused: true, mode: '5-part', alternativeWeekdays: true })
  } catch {
    return undefined
  }
}

function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
