// The same code on every backend, cold and warm.
import { useId, useState } from 'react'
import type { Comparison, ExecuteBody, ExecutionError } from '../../../../src/server/api/execution-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { errorOfRefusal } from '../../execution/refusal.ts'
import { RunError } from '../../execution/run-error.tsx'
import { useLate } from '../../ui/use-late.ts'
import { CompareChart } from './compare-chart.tsx'

const TIMES = [3, 10, 30] as const

interface CompareState {
  readonly isRunning: boolean
  readonly comparison?: Comparison
  readonly error?: ExecutionError
}

export function Compare({ body }: { readonly body: ExecuteBody | undefined }) {
  const client = useClient()
  const id = useId()
  const [times, setTimes] = useState<number>(TIMES[1])
  const [{ comparison, error, isRunning }, setState] = useState<CompareState>({ isRunning: false })
  const isLate = useLate(isRunning)
  const compare = async ({ backend: _backend, ...code }: ExecuteBody): Promise<void> => {
    setState((before) => ({ ...before, isRunning: true }))
    try {
      setState({ isRunning: false, comparison: await client.compare({ ...code, times }) })
    } catch (failure) {
      setState({ isRunning: false, error: errorOfRefusal(failure) })
    }
  }
  return (
    <section className="panel" aria-label="Comparison">
      <h2>On every backend</h2>
      <div className="row playground-buttons">
        <button
          type="button"
          disabled={body === undefined || isRunning}
          onClick={() => (body === undefined ? undefined : void compare(body))}
        >
          Compare
        </button>
        <label htmlFor={id}>Runs of each kind</label>
        <select id={id} value={times} onChange={(event) => setTimes(Number(event.target.value))}>
          {TIMES.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
        {isLate ? <span role="status">Running…</span> : null}
      </div>
      {error === undefined ? null : <RunError error={error} />}
      {comparison === undefined ? null : <CompareChart comparison={comparison} />}
    </section>
  )
}
