import { useId } from 'react'
import type { Draft } from './draft.ts'
import { EXAMPLES } from './examples.ts'

interface ExampleMenuProps {
  readonly onChoose: (example: Pick<Draft, 'code' | 'input' | 'language'>) => void
}

export function ExampleMenu({ onChoose }: ExampleMenuProps) {
  const id = useId()
  return (
    <div className="row playground-examples">
      <label htmlFor={id}>Example</label>
      <select
        id={id}
        value=""
        onChange={(event) => {
          const example = EXAMPLES.find(({ title }) => title === event.target.value)
          if (example !== undefined) onChoose({ code: example.code, input: example.input, language: '' })
        }}
      >
        <option value="">Choose one…</option>
        {EXAMPLES.map(({ title }) => (
          <option key={title}>{title}</option>
        ))}
      </select>
    </div>
  )
}
