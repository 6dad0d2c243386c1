import { useId, useState } from 'react'
import { CodeEditor } from '../../editor/code-editor.tsx'
import type { SourceFile } from './source-map.ts'

export function SourceFiles({ files }: { readonly files: readonly SourceFile[] }) {
  const [place, setPlace] = useState(0)
  const id = useId()
  const file = files[place]
  return (
    <>
      {files.length === 1 ? null : (
        <>
          <p className="muted">
            It was made of several files: change them in their project, and deploy that with <code>isopod deploy</code>.
          </p>
          <label htmlFor={id}>File</label>
          <select id={id} value={place} onChange={(event) => setPlace(Number(event.target.value))}>
            {files.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
      {file === undefined ? null : <CodeEditor key={place} label={file.name} value={file.text} />}
    </>
  )
}
