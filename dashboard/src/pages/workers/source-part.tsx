// What the version that answers most was made of. Where that is one module, it is changed here: an edited text makes another
// version, with all that this one was given.
import { useCallback, useState } from 'react'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { PartProps } from './part-props.ts'
import { ModuleEditor } from './module-editor.tsx'
import { SourceFiles } from './source-files.tsx'
import { sourceFilesOf } from './source-map.ts'

export function SourcePart({ changed, mayChange, worker: { tenant, version: current, worker } }: PartProps) {
  const client = useClient()
  // Who is at work on one version goes on when another is deployed meanwhile.
  const [version, setVersion] = useState(current)
  const live = useLive(
    useCallback(async () => {
      const source = await client.versionSource({ tenant, worker, version })
      return { version, files: sourceFilesOf(source.source_map) }
    }, [client, tenant, worker, version]),
  )
  const follow = async (deployed: string): Promise<void> => {
    await changed()
    setVersion(deployed)
  }
  return (
    <section className="panel" aria-label="Source">
      <h2>Source of {version}</h2>
      {version === current ? null : (
        <Notice kind="info">
          {current} answers now.{' '}
          <button type="button" onClick={() => setVersion(current)}>
            Show {current}
          </button>
        </Notice>
      )}
      <Awaited live={live}>
        {({ files, version: shown }) => {
          const [only] = files
          if (only === undefined) return <Notice kind="info">This version was deployed without its sources.</Notice>
          if (files.length === 1 && mayChange) {
            return <ModuleEditor key={shown} file={only} worker={{ tenant, worker }} from={shown} deployed={follow} />
          }
          return <SourceFiles key={shown} files={files} />
        }}
      </Awaited>
    </section>
  )
}
