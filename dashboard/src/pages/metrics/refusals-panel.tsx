// Tasks that no instance has run, by why.
import type { MeasuresReport } from '../../../../src/server/api/measures-shapes.ts'
import { count } from '../../ui/format.ts'

export function RefusalsPanel({ measures: { since, total } }: { readonly measures: MeasuresReport }) {
  const refused = Object.entries(total.refused).toSorted(([, left], [, right]) => right - left)
  return (
    <section className="panel" aria-label="Refusals">
      <h2>Refusals since {new Date(since).toLocaleString()}</h2>
      {refused.length === 0 ? (
        <p className="muted">No task was refused.</p>
      ) : (
        <table aria-label="Refusals by cause">
          <thead>
            <tr>
              <th scope="col">Cause</th>
              <th scope="col" className="number">
                Tasks
              </th>
            </tr>
          </thead>
          <tbody>
            {refused.map(([code, times]) => (
              <tr key={code}>
                <th scope="row">{code}</th>
                <td className="number">{count(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
