// How far back the charts go. The choice is part of the address.
import { hrefOf } from '../../shell/location.ts'

const RANGES = [
  { minutes: 5, label: '5 min' },
  { minutes: 15, label: '15 min' },
  { minutes: 60, label: '1 h' },
] as const

const USUAL_MINUTES = 15

/** @param named - what the address has for it, if anything */
export function rangeOf(named: string | undefined): number {
  return RANGES.find(({ minutes }) => String(minutes) === named)?.minutes ?? USUAL_MINUTES
}

export function RangeChoice({ minutes }: { readonly minutes: number }) {
  return (
    <nav className="metrics-range" aria-label="Time shown">
      {RANGES.map((range) => (
        <a
          key={range.minutes}
          href={hrefOf('metrics', String(range.minutes))}
          aria-current={range.minutes === minutes ? 'true' : undefined}
        >
          {range.label}
        </a>
      ))}
    </nav>
  )
}
