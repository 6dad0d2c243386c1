// Who came and who went of late, and why.
import { time } from '../../../ui/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import type { Happening } from './follow-pool.ts'
import { causeWords } from './retirement-words.ts'

export function PoolHappenings({ happenings }: { readonly happenings: readonly Happening[] }) {
  if (happenings.length === 0) {
    return <p className="muted">No instance came or went since this page was opened.</p>
  }
  return (
    <ul className="pool-happenings" aria-label="Came and went">
      {happenings.map(({ atMs, cause, entry, id, kind }) => (
        <li key={`${kind} ${id}`}>
          <span className="muted">{time(atMs)}</span> <Badge tone={kind === 'created' ? 'good' : 'plain'}>{kind}</Badge>{' '}
          {entry.tenant}/{entry.worker}
          {entry.host === undefined ? '' : ` on host ${entry.host}`}
          {kind === 'left' ? `: ${causeWords(cause)}` : ''}
        </li>
      ))}
    </ul>
  )
}
