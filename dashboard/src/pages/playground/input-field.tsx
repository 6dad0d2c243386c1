import { useId } from 'react'
import { readJson } from './json-text.ts'

interface InputFieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
}

/** The input, which has to be JSON, or nothing. */
export function InputField({ onChange, value }: InputFieldProps) {
  const id = useId()
  const { problem } = readJson(value)
  return (
    <div className="playground-input">
      <label htmlFor={id}>Input (JSON)</label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-problem`} className="playground-problem" aria-live="polite">
        {problem === undefined ? '' : `This is no JSON: ${problem}`}
      </p>
    </div>
  )
}
