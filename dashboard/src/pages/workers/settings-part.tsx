// What the version that answers most may use, and how it is kept. A version never changes: other settings are another one.
import { useCallback } from 'react'
import type { VersionDetail } from '../../../../src/server/api/version-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { useAction } from '../../api/use-action.ts'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Ending } from '../../ui/ending.tsx'
import type { PartProps } from './part-props.ts'
import { SettingsForm, type Settings } from './settings-form.tsx'

export function SettingsPart({ changed, mayChange, worker: { tenant, version, worker } }: PartProps) {
  const client = useClient()
  const live = useLive(
    useCallback(() => client.version({ tenant, worker, version }), [client, tenant, worker, version]),
  )
  const action = useAction()
  const deploy = ({ limits, message, minWarm, mode }: Settings): Promise<void> =>
    action.act(async () => {
      const report = await client.revise(
        { tenant, worker },
        { from: version, limits, min_warm: minWarm, message, ...(mode === undefined ? {} : { mode }) },
      )
      await changed()
      return `${report.version} answers all requests, on every host.`
    })
  return (
    <section className="panel">
      <h2>Limits and mode of {version}</h2>
      <Ending action={action} />
      <Awaited live={live}>
        {(detail) =>
          mayChange ? (
            <SettingsForm key={detail.version} detail={detail} isBusy={action.isBusy} deploy={deploy} />
          ) : (
            <SettingsList detail={detail} />
          )
        }
      </Awaited>
    </section>
  )
}

function SettingsList({ detail }: { readonly detail: VersionDetail }) {
  const limits = Object.entries(detail.limits)
  return (
    <dl className="workers-settings">
      <dt>mode</dt>
      <dd>{detail.mode ?? 'as the server is set'}</dd>
      <dt>minWarm</dt>
      <dd>{detail.min_warm}</dd>
      {limits.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {limits.length === 0 ? <p>All limits are the server’s.</p> : null}
    </dl>
  )
}
