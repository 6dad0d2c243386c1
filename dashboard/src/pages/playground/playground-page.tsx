// Code, input and limits on one side, what comes of them on the other.
import { useMemo } from 'react'
import { CodeEditor } from '../../editor/code-editor.tsx'
import { markersOf } from '../../execution/run-error.tsx'
import type { PageProps } from '../../shell/pages.ts'
import { Compare } from './compare.tsx'
import { bodyOf, useDraft } from './draft.ts'
import { ExampleMenu } from './example-menu.tsx'
import { FromExecution } from './from-execution.tsx'
import { InputField } from './input-field.tsx'
import './playground.css'
import { RunOptions } from './run-options.tsx'
import { RunPanel } from './run-panel.tsx'
import { useRun } from './use-run.ts'

export function PlaygroundPage({ path: [execution] }: PageProps) {
  return (
    <>
      <h1>Playground</h1>
      {execution === undefined ? <Playground /> : <FromExecution id={execution} />}
    </>
  )
}

function Playground() {
  const [draft, change] = useDraft()
  const runner = useRun()
  const body = bodyOf(draft)
  const run = (): void => {
    if (body !== undefined) void runner.start(body)
  }
  const error = runner.refusal ?? runner.report?.error
  const markers = useMemo(() => markersOf(error), [error])
  return (
    <div
      className="playground"
      onKeyDown={(event) => {
        // The editor has the same key, for itself.
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
        event.preventDefault()
        run()
      }}
    >
      <div className="playground-code">
        <ExampleMenu onChoose={change} />
        <CodeEditor
          label="Code"
          value={draft.code}
          markers={markers}
          onChange={(code) => change({ code })}
          onRun={run}
        />
        <InputField value={draft.input} onChange={(input) => change({ input })} />
        <RunOptions draft={draft} onChange={change} />
      </div>
      <div>
        <RunPanel runner={runner} onRun={body === undefined ? undefined : run} />
        <Compare body={body} />
      </div>
    </div>
  )
}
