// The worker's tasks as they end.
import { useId, useState } from 'react'
import type { TaskReport } from '../../../../src/server/api/log-shapes.ts'
import { Notice } from '../../ui/notice.tsx'
import type { PartProps } from './part-props.ts'
import { useTail } from './tail.ts'
import { TailTask } from './tail-task.tsx'

const KINDS = ['all', 'ok', 'not ok', 'with logs'] as const
type Kind = (typeof KINDS)[number]

export function TailPart({ worker }: PartProps) {
  const tail = useTail(worker)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Kind>('all')
  const id = useId()
  const shown = tail.tasks.filter((task) => isOfKind(task, kind) && has(task, text.trim().toLowerCase()))
  return (
    <section className="panel" aria-label="Live tail">
      <div className="workers-form">
        <div>
          <label htmlFor={`${id}-text`}>Filter by text</label>
          <input id={`${id}-text`} type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </div>
        <div>
          <label htmlFor={`${id}-kind`}>Tasks</label>
          <select
            id={`${id}-kind`}
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? 'all')}
          >
            {KINDS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
        <button type="button" aria-pressed={tail.isPaused} onClick={tail.togglePause}>
          {tail.isPaused ? `Go on (${tail.held} new)` : 'Pause'}
        </button>
        <button type="button" onClick={tail.clear}>
          Clear
        </button>
      </div>
      {tail.error === undefined ? null : <Notice kind="error">{tail.error.message} Trying again.</Notice>}
      <p className="muted" role="status">
        {tail.state === 'open' ? 'Connected.' : 'Connecting…'} {shown.length} of {tail.tasks.length} tasks shown
        {tail.dropped > 0 ? `; ${tail.dropped} were too many to be kept` : ''}.
      </p>
      {/* Read aloud, a busy worker would never be quiet. */}
      <ol className="workers-tail" aria-label="Tasks" aria-live="off" tabIndex={0}>
        {shown.toReversed().map((task) => (
          <TailTask key={task.id} task={task} />
        ))}
      </ol>
    </section>
  )
}

function isOfKind({ logs, outcome }: TaskReport, kind: Kind): boolean {
  switch (kind) {
    case 'all':
      return true
    case 'ok':
      return outcome === 'ok'
    case 'not ok':
      return outcome !== 'ok'
    case 'with logs':
      return logs.length > 0
  }
}

function has({ error, logs, outcome, request, status, version }: TaskReport, wanted: string): boolean {
  if (wanted === '') return true
  const texts = [request?.method, request?.url, outcome, String(status ?? ''), version, error?.message]
  return [...texts, ...logs.map(({ message }) => message)].some((text) => text?.toLowerCase().includes(wanted))
}
