// When a worker runs by itself. `schedules` counts weekdays as cron does, `triggers.crons` as Cloudflare does: from 1, Sunday.
// The names of weekdays mean the same to both.
import type { IsopodSection } from './config-section.ts'
import type { ScheduleConfig } from './project.ts'

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const

/** `0 17 * * 2-6` → `0 17 * * MON-FRI`; what follows "/" and "#" counts something else. */
function nameWeekdays(cron: string): string {
  const fields = cron.trim().split(/\s+/)
  const weekday = fields.pop() ?? ''
  const named = weekday.replaceAll(/(?<![/#\w])[1-7](?!\d)/g, (digit) => WEEKDAYS[Number(digit) - 1] ?? digit)
  return [...fields, named].join(' ')
}

interface Schedules {
  readonly schedules: readonly ScheduleConfig[]
  readonly warnings: readonly string[]
}

export function toSchedules({ triggers, schedules = [] }: IsopodSection): Schedules {
  const all = new Map<string, ScheduleConfig>()
  const warnings: string[] = []
  const add = (cron: string, zone: string): void => {
    const plain = cron.trim().replaceAll(/\s+/g, ' ')
    all.set(`${plain} ${zone}`, { cron: plain, zone })
  }
  for (const cron of triggers?.crons ?? []) {
    const named = nameWeekdays(cron)
    add(named, 'UTC')
    if (named === cron.trim().replaceAll(/\s+/g, ' ')) continue
    warnings.push(`"triggers.crons" counts weekdays from Sunday, 1: "${cron}" is "${named}", also as controller.cron.`)
  }
  for (const { cron, zone = 'UTC' } of schedules) add(cron, zone)
  return { schedules: [...all.values()], warnings }
}
