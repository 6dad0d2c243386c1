// One instance, drawn: its heat is its use of late, the bar its heap, the figure who waits or runs.
import { memo } from 'react'
import { cellWords } from './cell-words.ts'
import type { Cell } from './follow-pool.ts'

interface PoolCellProps {
  readonly cell: Cell
  readonly isActive: boolean
  /** What the bar is full at. */
  readonly mostHeapBytes: number
}

/** Tasks a second from which a cell is so hot. */
const HEAT_FROM = [0, 1, 10, 100, 1000]
const YOUNG_MS = 10_000
const OLD_MS = 600_000

export const PoolCell = memo(function PoolCell({ cell, isActive, mostHeapBytes }: PoolCellProps) {
  const { entry, id, phase } = cell
  const classes = [
    'pool-cell',
    `pool-heat-${heatOf(cell)}`,
    `pool-${phase}`,
    ageClass(entry.age_ms),
    ...(entry.queue_depth > 0 ? ['pool-waited-for'] : []),
    ...(isActive ? ['pool-active'] : []),
  ]
  return (
    <div
      id={`cell-${id}`}
      data-cell={id}
      className={classes.join(' ')}
      role="option"
      aria-selected={isActive}
      aria-label={cellWords(cell)}
    >
      {phase === 'left' ? '×' : shown(entry.queue_depth > 0 ? entry.queue_depth : entry.running)}
      <span className="pool-heap" style={{ width: `${heapPercent(entry.heap_bytes, mostHeapBytes)}%` }} />
    </div>
  )
}, looksTheSame)

/** With a thousand of them, only those are drawn anew that would look otherwise; what is read of the rest is a little older. */
function looksTheSame(before: PoolCellProps, now: PoolCellProps): boolean {
  const [left, right] = [before.cell, now.cell]
  return (
    before.isActive === now.isActive &&
    left.id === right.id &&
    left.phase === right.phase &&
    heatOf(left) === heatOf(right) &&
    heapPercent(left.entry.heap_bytes, before.mostHeapBytes) ===
      heapPercent(right.entry.heap_bytes, now.mostHeapBytes) &&
    left.entry.running === right.entry.running &&
    left.entry.queue_depth === right.entry.queue_depth &&
    Math.floor(left.entry.age_ms / YOUNG_MS) === Math.floor(right.entry.age_ms / YOUNG_MS)
  )
}

function heatOf({ tasksPerSecond }: Cell): number {
  return HEAT_FROM.filter((from) => tasksPerSecond > from).length
}

/** In steps of a tenth: what is smaller is not seen. */
function heapPercent(heapBytes: number, mostHeapBytes: number): number {
  return mostHeapBytes === 0 ? 0 : Math.ceil((heapBytes / mostHeapBytes) * 10) * 10
}

function ageClass(ageMs: number): string {
  if (ageMs < YOUNG_MS) return 'pool-young'
  return ageMs < OLD_MS ? 'pool-grown' : 'pool-old'
}

function shown(figure: number): string {
  if (figure === 0) return ''
  return figure > 99 ? '…' : String(figure)
}
