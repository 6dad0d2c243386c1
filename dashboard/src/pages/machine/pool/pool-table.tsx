// The pool as a table: the busiest first.
import { bytes, count, duration, perSecond } from '../../../ui/format.ts'
import { WideTable } from '../../../ui/wide-table.tsx'
import type { Cell } from './follow-pool.ts'

const MOST_ROWS = 200

export function PoolTable({ cells }: { readonly cells: readonly Cell[] }) {
  const rows = cells
    .filter(({ phase }) => phase !== 'left')
    .toSorted(
      (left, right) => right.tasksPerSecond - left.tasksPerSecond || right.entry.tasks_served - left.entry.tasks_served,
    )
  return (
    <>
      <WideTable label="Instances" head={<Head />}>
        {rows.slice(0, MOST_ROWS).map(({ entry, id, tasksPerSecond }) => (
          <tr key={id}>
            <th scope="row">
              {entry.tenant}/{entry.worker}
            </th>
            <td>{entry.version}</td>
            <td>{entry.host ?? '–'}</td>
            <td>{entry.mode}</td>
            <td>{entry.state}</td>
            <td className="number">{duration(entry.age_ms)}</td>
            <td className="number">{perSecond(tasksPerSecond)}</td>
            <td className="number">{count(entry.tasks_served)}</td>
            <td className="number">{entry.running}</td>
            <td className="number">{entry.queue_depth}</td>
            <td className="number">{entry.sockets}</td>
            <td className="number">{bytes(entry.heap_bytes)}</td>
          </tr>
        ))}
      </WideTable>
      {rows.length > MOST_ROWS ? (
        <p className="muted">
          The busiest {MOST_ROWS} of {rows.length}.
        </p>
      ) : null}
    </>
  )
}

const COLUMNS = ['Worker', 'Version', 'Host', 'Mode', 'State'] as const
const FIGURES = ['Age', 'Tasks/s', 'Tasks', 'Running', 'Waiting', 'Sockets', 'Heap'] as const

function Head() {
  return (
    <>
      {COLUMNS.map((name) => (
        <th key={name} scope="col">
          {name}
        </th>
      ))}
      {FIGURES.map((name) => (
        <th key={name} scope="col" className="number">
          {name}
        </th>
      ))}
    </>
  )
}
