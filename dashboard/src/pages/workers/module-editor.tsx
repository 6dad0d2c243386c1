import { useId, useState } from 'react'
import type { WorkerParams } from '../../../../src/server/api/worker-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useAction } from '../../api/use-action.ts'
import { CodeEditor } from '../../editor/code-editor.tsx'
import { Ending } from '../../ui/ending.tsx'
import type { SourceFile } from './source-map.ts'

interface ModuleEditorProps {
  readonly worker: WorkerParams
  readonly file: SourceFile
  /** The version it is the source of. */
  readonly from: string
  /** Told which version was made of it. */
  readonly deployed: (version: string) => Promise<void>
}

export function ModuleEditor({ deployed, file, from, worker }: ModuleEditorProps) {
  const client = useClient()
  const action = useAction()
  const [code, setCode] = useState(file.text)
  const [message, setMessage] = useState('')
  const id = useId()
  const deploy = (): Promise<void> =>
    action.act(async () => {
      const { version } = await client.revise(worker, { from, message, source: { code, file: file.name } })
      await deployed(version)
      return `${version} answers all requests, on every host.`
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void deploy()
      }}
    >
      <CodeEditor label={file.name} value={code} onChange={setCode} />
      <Ending action={action} />
      <div className="workers-form">
        <div>
          <label htmlFor={id}>Why</label>
          <input id={id} maxLength={1000} value={message} onChange={(event) => setMessage(event.target.value)} />
        </div>
        <button type="submit" className="primary" disabled={action.isBusy || code === file.text}>
          Deploy the change
        </button>
      </div>
    </form>
  )
}
