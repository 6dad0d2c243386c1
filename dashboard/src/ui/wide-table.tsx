// A table that may be wider than the page: it scrolls by itself, also from the keyboard.
import type { ReactNode } from 'react'

interface WideTableProps {
  /** What the table is of. */
  readonly label: string
  readonly head: ReactNode
  readonly children: ReactNode
}

export function WideTable({ children, head, label }: WideTableProps) {
  return (
    <div className="table-wrap" role="region" aria-label={label} tabIndex={0}>
      <table aria-label={label}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
