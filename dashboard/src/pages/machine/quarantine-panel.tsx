// Workers that are held back, and the way to let one go. To let go asks twice: the others were protected from it.
import { useCallback, useState } from 'react'
import type { QuarantineReport } from '../../../../src/server/api/quarantine-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { duration } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'

const EVERY_MS = 3000

interface QuarantinePanelProps {
  /** Only they may lift. */
  readonly maySeeAll: boolean
}

export function QuarantinePanel({ maySeeAll }: QuarantinePanelProps) {
  const client = useClient()
  const ask = useCallback(async () => (await client.quarantine()).quarantine, [client])
  const { error, refresh, value } = useLive(ask, { everyMs: EVERY_MS })
  const [refusal, setRefusal] = useState<string>()
  const lift = async (worker: QuarantineReport): Promise<void> => {
    try {
      await client.lift(worker)
      setRefusal(undefined)
    } catch (problem) {
      setRefusal(problem instanceof Error ? problem.message : String(problem))
    }
    await refresh()
  }
  return (
    <section className="panel" aria-label="Quarantine">
      <h2>Quarantine</h2>
      {error === undefined ? null : <Notice kind="error">{error.message}</Notice>}
      {refusal === undefined ? null : <Notice kind="error">{refusal}</Notice>}
      {value === undefined ? <Loading /> : null}
      {value?.length === 0 ? <p className="muted">Nobody is held back.</p> : null}
      <ul className="machine-held">
        {value?.map((held) => (
          <li key={`${held.tenant}/${held.worker}`}>
            <div>
              <strong>
                {held.tenant}/{held.worker}
              </strong>{' '}
              <span className="muted">
                strike {held.strikes}, {untilWords(held.until)}
              </span>
              <div>{held.reason}</div>
            </div>
            {maySeeAll ? <LiftButton name={`${held.tenant}/${held.worker}`} lift={() => lift(held)} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface LiftButtonProps {
  readonly name: string
  lift(): Promise<void>
}

function LiftButton({ lift, name }: LiftButtonProps) {
  const [step, setStep] = useState<'idle' | 'asking' | 'lifting'>('idle')
  if (step === 'idle') {
    return (
      <button type="button" onClick={() => setStep('asking')} aria-label={`Lift quarantine of ${name}`}>
        Lift…
      </button>
    )
  }
  return (
    <span className="row" role="group" aria-label={`Let ${name} go?`}>
      <span>Let it go, and forget its strikes?</span>
      <button
        type="button"
        className="danger"
        // It took the place of the button that had the focus.
        autoFocus
        disabled={step === 'lifting'}
        onClick={() => {
          setStep('lifting')
          void lift().finally(() => setStep('idle'))
        }}
      >
        Let go
      </button>
      <button type="button" onClick={() => setStep('idle')}>
        Keep
      </button>
    </span>
  )
}

function untilWords(untilMs: number): string {
  const leftMs = untilMs - Date.now()
  return leftMs > 0 ? `held for another ${duration(leftMs)}` : 'about to be let go'
}
