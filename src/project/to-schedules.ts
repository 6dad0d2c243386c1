// When a worker runs by itself. Weekdays are counted as Cloudflare does, from 1, Sunday, wherever an expression is written;
// whether it is one, the server says.
import type { IsopodSection } from './config-section.ts'
import type { ScheduleConfig } from './project.ts'

export function toSchedules({ triggers, schedules = [] }: IsopodSection): readonly ScheduleConfig[] {
  const all = new Map<string, ScheduleConfig>()
  const add = (cron: string, zone: string): void => {
    const plain = cron.trim().replaceAll(/\s+/g, ' ')
    all.set(`${plain} ${zone}`, { cron: plain, zone })
  }
  for (const cron of triggers?.crons ?? []) add(cron, 'UTC')
  for (const { cron, zone = 'UTC' } of schedules) add(cron, zone)
  return [...all.values()]
}
