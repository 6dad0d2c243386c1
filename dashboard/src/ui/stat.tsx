// One figure with its name.
import type { ReactNode } from 'react'

interface StatProps {
  readonly label: string
  readonly value: ReactNode
  readonly hint?: string
}

export function Stat({ hint, label, value }: StatProps) {
  return (
    <div className="stat" title={hint}>
      <span className="stat-label">{label}</span>
      <span className="stat-value">{value}</span>
    </div>
  )
}

export function Stats({ children }: { readonly children: ReactNode }) {
  return <div className="stats">{children}</div>
}
