// The pool, drawn: a list box with a group for each host, so that one key press gets past a thousand instances, arrows go
// through them, and what is looked at is told below.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { cellWords } from './cell-words.ts'
import type { Cell } from './follow-pool.ts'
import { PoolCell } from './pool-cell.tsx'

interface PoolCellsProps {
  readonly cells: readonly Cell[]
  /** Of a host's cells that are all shown, the places between them stay free. */
  readonly arrangement: 'in-place' | 'close'
}

export function PoolCells({ arrangement, cells }: PoolCellsProps) {
  const list = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<number>()
  const [pointedAt, setPointedAt] = useState<number>()
  const groups = [...Map.groupBy(cells, ({ entry }) => entry.host)]
    .toSorted(([left = 0], [right = 0]) => left - right)
    .map(([host, some]) => ({ host, cells: some.toSorted((left, right) => left.slot - right.slot) }))
  const inOrder = groups.flatMap((group) => group.cells)
  const active = inOrder.find(({ id }) => id === chosen)
  const looked = inOrder.find(({ id }) => id === pointedAt) ?? active
  const mostHeapBytes = cells.reduce((most, { entry }) => Math.max(most, entry.heap_bytes), 0)

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = stepsOf(event.key, columnsOf(list.current))
    if (steps === undefined || inOrder.length === 0) return
    event.preventDefault()
    const from = active === undefined ? (steps > 0 ? -1 : inOrder.length) : inOrder.indexOf(active)
    const next = inOrder[Math.min(inOrder.length - 1, Math.max(0, from + steps))]
    setChosen(next?.id)
    if (next !== undefined) document.getElementById(`cell-${next.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <div
        ref={list}
        className="pool-cells"
        role="listbox"
        tabIndex={0}
        aria-label="Instances"
        aria-activedescendant={active === undefined ? undefined : `cell-${active.id}`}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => setPointedAt(cellAt(event))}
        onPointerLeave={() => setPointedAt(undefined)}
        onPointerDown={(event) => setChosen(cellAt(event))}
      >
        {groups.map((group) => (
          <HostCells
            key={group.host ?? 0}
            host={group.host}
            tier={group.cells[0]?.entry.tier}
            cells={arrangement === 'in-place' ? withHoles(group.cells) : group.cells}
            activeId={active?.id}
            mostHeapBytes={mostHeapBytes}
          />
        ))}
      </div>
      <p className="pool-looked-at">
        {looked === undefined ? 'Point at an instance, or go to it with the arrow keys.' : cellWords(looked)}
      </p>
    </>
  )
}

interface HostCellsProps {
  readonly host: number | undefined
  readonly tier: string | undefined
  /** Undefined is a place that is free. */
  readonly cells: readonly (Cell | undefined)[]
  readonly activeId: number | undefined
  readonly mostHeapBytes: number
}

function HostCells({ activeId, cells, host, mostHeapBytes, tier }: HostCellsProps) {
  const name = host === undefined ? 'This process' : `Host ${host}, ${tier ?? ''}`
  return (
    <div role="group" aria-label={name}>
      <div className="pool-host" aria-hidden="true">
        {name}
      </div>
      <div className="pool-grid" role="presentation">
        {cells.map((cell, place) =>
          cell === undefined ? (
            // oxlint-disable-next-line react/no-array-index-key -- A place is its number.
            <span key={`free ${place}`} className="pool-free" aria-hidden="true" />
          ) : (
            <PoolCell key={cell.id} cell={cell} isActive={cell.id === activeId} mostHeapBytes={mostHeapBytes} />
          ),
        )}
      </div>
    </div>
  )
}

function cellAt({ target }: PointerEvent): number | undefined {
  const id = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined
  return id === undefined ? undefined : Number(id)
}

function withHoles(cells: readonly Cell[]): readonly (Cell | undefined)[] {
  const places = Array.from<Cell | undefined>({ length: (cells.at(-1)?.slot ?? -1) + 1 })
  for (const cell of cells) places[cell.slot] = cell
  return places
}

function columnsOf(list: HTMLElement | null): number {
  const grid = list?.querySelector('.pool-grid')
  return grid === null || grid === undefined ? 1 : getComputedStyle(grid).gridTemplateColumns.split(' ').length
}

function stepsOf(key: string, columns: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -Infinity,
    End: Infinity,
  }
  return steps[key]
}
