// Medians as bars on one scale, from nothing to the longest.
import type { ComparedBackend, ComparedRuns, Comparison } from '../../../../src/server/api/execution-shapes.ts'
import { duration } from '../../ui/format.ts'

const KINDS = ['cold', 'warm'] as const

export function CompareChart({ comparison: { results } }: { readonly comparison: Comparison }) {
  const longestMs = Math.max(...results.flatMap(({ cold, warm }) => [cold?.median_ms ?? 0, warm?.median_ms ?? 0]))
  return (
    <table className="playground-compare">
      <caption>Median time of a run: cold in what nobody used, warm in what ran it before</caption>
      <tbody>
        {results.map((result) =>
          KINDS.map((kind) => {
            const runs = result[kind]
            return (
              <tr key={`${result.backend} ${kind}`}>
                <th scope="row">
                  {result.backend}, {kind}
                </th>
                {runs === null ? (
                  <td colSpan={2}>{reasonOf(result)}</td>
                ) : (
                  <Runs runs={runs} kind={kind} longestMs={longestMs} />
                )}
              </tr>
            )
          }),
        )}
      </tbody>
    </table>
  )
}

interface RunsProps {
  readonly runs: ComparedRuns
  readonly kind: (typeof KINDS)[number]
  readonly longestMs: number
}

function Runs({ kind, longestMs, runs }: RunsProps) {
  const share = longestMs === 0 ? 0 : runs.median_ms / longestMs
  return (
    <>
      <td className="playground-lane">
        <div className={`playground-bar playground-bar-${kind}`} style={{ width: `${share * 100}%` }} />
      </td>
      <td className="number" title={`From ${duration(runs.min_ms)} to ${duration(runs.max_ms)}`}>
        {duration(runs.median_ms)}
      </td>
    </>
  )
}

function reasonOf({ error }: ComparedBackend): string {
  return error === null ? 'was not run' : error.message
}
