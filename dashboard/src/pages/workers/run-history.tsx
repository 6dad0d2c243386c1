import type { RunReport } from '../../../../src/server/api/schedule-shapes.ts'
import { Badge, outcomeTone } from '../../ui/badge.tsx'
import { duration } from '../../ui/format.ts'
import { moment } from './moment.ts'

export function RunHistory({ runs }: { readonly runs: readonly RunReport[] }) {
  return (
    <section className="panel table-wrap" aria-label="Runs" tabIndex={0}>
      <h2>Runs</h2>
      {runs.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Began</th>
              <th scope="col">Cron</th>
              <th scope="col">Because</th>
              <th scope="col">Took</th>
              <th scope="col">Outcome</th>
              <th scope="col">Error</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ cause, cron, ended, error, outcome, started }, place) => (
              // Two may have begun in the same millisecond.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={`${started} ${cron} ${place}`}>
                <td>{moment(started)}</td>
                <td>
                  <code>{cron}</code>
                </td>
                <td>{cause}</td>
                <td>{ended === null ? '–' : duration(ended - started)}</td>
                <td>
                  {outcome === null ? (
                    <Badge tone="plain">{ended === null ? 'running' : 'not known'}</Badge>
                  ) : (
                    <Badge tone={outcomeTone(outcome)}>{outcome}</Badge>
                  )}
                </td>
                <td className="workers-text">{error?.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
