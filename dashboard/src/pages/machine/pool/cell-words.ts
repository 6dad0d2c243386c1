// An instance in words: for those who hear of it, and for the line below the drawing.
import { bytes, count, duration, perSecond } from '../../../ui/format.ts'
import type { Cell } from './follow-pool.ts'
import { causeWords } from './retirement-words.ts'

export function cellWords(cell: Cell): string {
  const { entry, phase, tasksPerSecond } = cell
  return [
    `${entry.tenant}/${entry.worker}`,
    `version ${entry.version}`,
    ...(entry.host === undefined ? [] : [`host ${entry.host}`]),
    `${count(entry.tasks_served)} tasks`,
    `${perSecond(tasksPerSecond)} of late`,
    `${entry.running} running`,
    `${entry.queue_depth} waiting`,
    `heap ${bytes(entry.heap_bytes)}`,
    `${duration(entry.age_ms)} old`,
    ...(phase === 'left' ? [`left: ${causeWords(cell.cause)}`] : []),
  ].join(', ')
}
