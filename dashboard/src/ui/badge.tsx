import type { ReactNode } from 'react'

export type Tone = 'good' | 'bad' | 'warn' | 'plain'

interface BadgeProps {
  readonly tone: Tone
  readonly children: ReactNode
}

export function Badge({ children, tone }: BadgeProps) {
  return <span className={`badge badge-${tone}`}>{children}</span>
}

/** The colour of a task's outcome. */
export function outcomeTone(outcome: string): Tone {
  if (outcome === 'ok' || outcome === 'completed') return 'good'
  if (outcome === 'canceled' || outcome === 'killed' || outcome === 'pending' || outcome === 'running') return 'plain'
  return outcome === 'loadShed' || outcome === 'quotaExceeded' || outcome === 'recycled' ? 'warn' : 'bad'
}
