import { type FormEvent, useId, useState } from 'react'
import { DEFAULT_LIMITS, type Limits } from '../../../../src/limits.ts'
import type { VersionDetail } from '../../../../src/server/api/version-shapes.ts'
import { type Mode, MODES, MOST_WARM } from '../../../../src/version.ts'

export interface Settings {
  /** Undefined: as it is. */
  readonly mode: Mode | undefined
  readonly limits: Partial<Limits>
  readonly minWarm: number
  readonly message: string
}

interface SettingsFormProps {
  readonly detail: VersionDetail
  readonly isBusy: boolean
  readonly deploy: (settings: Settings) => Promise<void>
}

const NAMES = Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]

export function SettingsForm({ deploy, detail, isBusy }: SettingsFormProps) {
  const [mode, setMode] = useState(detail.mode ?? undefined)
  const [minWarm, setMinWarm] = useState(String(detail.min_warm))
  const [message, setMessage] = useState('')
  const [limits, setLimits] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(Object.entries(detail.limits).map(([name, value]) => [name, String(value)])),
  )
  const id = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = Object.entries(limits).filter(([, text]) => text.trim() !== '')
    void deploy({
      mode,
      minWarm: Number(minWarm),
      message,
      limits: Object.fromEntries(given.map(([name, text]) => [name, Number(text)])),
    })
  }
  return (
    <form onSubmit={submit}>
      <div className="workers-form">
        <div>
          <label htmlFor={`${id}-mode`}>Mode</label>
          <select
            id={`${id}-mode`}
            value={mode ?? ''}
            onChange={(event) => setMode(MODES.find((one) => one === event.target.value))}
          >
            {detail.mode === null ? <option value="">as the server is set</option> : null}
            {MODES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor={`${id}-warm`}>Instances kept ready on each host</label>
          <input
            id={`${id}-warm`}
            type="number"
            min={0}
            max={MOST_WARM}
            required
            value={minWarm}
            onChange={(event) => setMinWarm(event.target.value)}
          />
        </div>
      </div>
      <fieldset className="workers-limits">
        <legend>Limits; empty ones are the server’s, by default what is grey</legend>
        {NAMES.map((name) => (
          <div key={name}>
            <label htmlFor={`${id}-${name}`}>{name}</label>
            <input
              id={`${id}-${name}`}
              type="number"
              min={0}
              placeholder={String(DEFAULT_LIMITS[name])}
              value={limits[name] ?? ''}
              onChange={(event) => setLimits((before) => ({ ...before, [name]: event.target.value }))}
            />
          </div>
        ))}
      </fieldset>
      <div className="workers-form">
        <div>
          <label htmlFor={`${id}-message`}>Why</label>
          <input
            id={`${id}-message`}
            maxLength={1000}
            value={message}
            onChange={(event) => setMessage(event.target.value)}
          />
        </div>
        <button type="submit" className="primary" disabled={isBusy}>
          Deploy with these
        </button>
      </div>
    </form>
  )
}
