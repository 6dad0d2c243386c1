// What the version that answers most is given in `env`, and what else belongs to it. Of values the names are told.
import { useCallback } from 'react'
import type { VersionDetail } from '../../../../src/server/api/version-shapes.ts'
import type { BindingConfig } from '../../../../src/version.ts'
import { useClient } from '../../api/session.tsx'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { bytes } from '../../ui/format.ts'
import { Stat, Stats } from '../../ui/stat.tsx'
import type { PartProps } from './part-props.ts'

export function BindingsPart({ worker: { tenant, version, worker } }: PartProps) {
  const client = useClient()
  const live = useLive(
    useCallback(() => client.version({ tenant, worker, version }), [client, tenant, worker, version]),
  )
  return <Awaited live={live}>{(detail) => <Bindings detail={detail} />}</Awaited>
}

function Bindings({ detail }: { readonly detail: VersionDetail }) {
  const { assets, parts, script_bytes: scriptBytes, values, version } = detail
  const bindings = Object.entries(detail.bindings)
  return (
    <>
      <section className="panel table-wrap" aria-label={`Bindings of ${version}`} tabIndex={0}>
        <h2>Bindings of {version}</h2>
        {bindings.length + values.length === 0 ? (
          <p>It is given nothing in its env, beside secrets.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Name in env</th>
                <th scope="col">Kind</th>
                <th scope="col">Leads to</th>
              </tr>
            </thead>
            <tbody>
              {bindings.map(([name, binding]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{binding.type}</td>
                  <td>{targetOf(binding)}</td>
                </tr>
              ))}
              {values.map((name) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>value</td>
                  <td className="muted">not shown</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="panel" aria-label="What the version consists of">
        <Stats>
          <Stat label="Script" value={bytes(scriptBytes)} />
          <Stat label="Imported files" value={parts.length} hint={parts.join(', ')} />
          <Stat label="Static files" value={assets === null ? 'none' : `${assets.files}, ${bytes(assets.bytes)}`} />
        </Stats>
      </section>
    </>
  )
}

function targetOf(binding: BindingConfig): string {
  switch (binding.type) {
    case 'kv':
      return `the namespace ${binding.namespace}`
    case 'service':
      return `the worker ${binding.worker}`
    case 'assets':
      return 'its static files'
  }
}
