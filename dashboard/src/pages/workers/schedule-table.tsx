import type { ScheduleReport } from '../../../../src/server/api/schedule-shapes.ts'
import { Badge } from '../../ui/badge.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { moment } from './moment.ts'

interface ScheduleTableProps {
  readonly schedules: readonly ScheduleReport[]
  readonly mayChange: boolean
  readonly isBusy: boolean
  readonly run: (cron: string) => Promise<void>
  readonly remove: (cron: string, zone: string) => Promise<void>
}

export function ScheduleTable({ isBusy, mayChange, remove, run, schedules }: ScheduleTableProps) {
  if (schedules.length === 0) return <p>The worker runs when it is asked, and at no time of its own.</p>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Cron</th>
          <th scope="col">Zone</th>
          <th scope="col">When missed</th>
          <th scope="col">Next run</th>
          {mayChange ? <th scope="col">Change</th> : null}
        </tr>
      </thead>
      <tbody>
        {schedules.map(({ cron, missed, next_run: nextRun, running, zone }) => (
          <tr key={`${cron} ${zone}`}>
            <th scope="row">
              <code>{cron}</code>
            </th>
            <td>{zone}</td>
            <td>{missed === 'once' ? 'runs once' : 'is skipped'}</td>
            <td>
              {running ? <Badge tone="plain">running</Badge> : nextRun === null ? 'never again' : moment(nextRun)}
            </td>
            {mayChange ? (
              <td>
                <div className="workers-buttons">
                  <button
                    type="button"
                    disabled={isBusy}
                    aria-label={`Run now: ${cron}`}
                    onClick={() => void run(cron)}
                  >
                    Run now
                  </button>
                  <ConfirmButton
                    label="Remove"
                    accessibleName={`Remove ${cron}`}
                    question={`Shall the worker not run by ${cron} any more?`}
                    disabled={isBusy}
                    onConfirm={() => void remove(cron, zone)}
                  />
                </div>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
