// Where code runs, and how much it may use.
import { type ReactNode, useCallback, useId } from 'react'
import { MODES } from '../../../../src/version.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import type { Draft } from './draft.ts'

interface RunOptionsProps {
  readonly draft: Draft
  readonly onChange: (change: Partial<Draft>) => void
}

export function RunOptions({ draft, onChange }: RunOptionsProps) {
  const client = useClient()
  const { value } = useLive(useCallback(() => client.backends(), [client]))
  const backends = value?.backends ?? []
  const absent = backends.filter(({ available }) => !available)
  return (
    <fieldset className="playground-options">
      <legend>Backend and limits</legend>
      <div className="row">
        <Choice
          label="Backend"
          value={draft.backend}
          onChange={(backend) => onChange({ backend: backend as Draft['backend'] })}
        >
          <option value="auto">auto</option>
          {backends.map(({ available, name }) => (
            <option key={name} disabled={!available}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice
          label="Language"
          value={draft.language}
          onChange={(language) => onChange({ language: language as Draft['language'] })}
        >
          <option value="">detected</option>
          <option value="javascript">JavaScript</option>
          <option value="typescript">TypeScript</option>
        </Choice>
        <Choice label="Mode" value={draft.mode} onChange={(mode) => onChange({ mode: mode as Draft['mode'] })}>
          <option value="">default</option>
          {MODES.map((mode) => (
            <option key={mode}>{mode}</option>
          ))}
        </Choice>
        <Amount label="Timeout (ms)" value={draft.timeoutMs} onChange={(timeoutMs) => onChange({ timeoutMs })} />
        <Amount label="Memory (MiB)" value={draft.memoryMb} onChange={(memoryMb) => onChange({ memoryMb })} />
      </div>
      {absent.map(({ name, reason }) => (
        <p key={name} className="muted">
          {name}: {reason}
        </p>
      ))}
    </fieldset>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Choice({ children, label, onChange, value }: FieldProps & { readonly children: ReactNode }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </div>
  )
}

function Amount({ label, onChange, value }: FieldProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={1}
        inputMode="numeric"
        placeholder="default"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
