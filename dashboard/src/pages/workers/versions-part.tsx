// The versions that are kept, who answers, and what answered before.
import { useCallback } from 'react'
import { useClient } from '../../api/session.tsx'
import { useAction } from '../../api/use-action.ts'
import { useLive } from '../../api/use-live.ts'
import { Awaited } from '../../ui/awaited.tsx'
import { Badge } from '../../ui/badge.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Ending } from '../../ui/ending.tsx'
import { DeploymentHistory } from './deployment-history.tsx'
import { moment } from './moment.ts'
import type { PartProps } from './part-props.ts'

export function VersionsPart({ changed, mayChange, worker }: PartProps) {
  const client = useClient()
  const { tenant, version: current, worker: name } = worker
  const split = worker.split.map(({ percent, version }) => `${version} ${percent}`).join()
  const ask = useCallback(
    async () => {
      const [{ versions }, { deployments }] = await Promise.all([
        client.versions({ tenant, worker: name }),
        client.deployments({ tenant, worker: name }),
      ])
      return { versions, deployments }
    },
    // Another split is another history.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [client, tenant, name, split],
  )
  const live = useLive(ask)
  const action = useAction()
  const rollBack = (version: string): Promise<void> =>
    action.act(async () => {
      await client.rollback({ tenant, worker: name }, { version, message: `from the dashboard, instead of ${current}` })
      await changed()
      return `${version} answers all requests again, on every host.`
    })
  const shareOf = (version: string): number => worker.split.find((share) => share.version === version)?.percent ?? 0
  return (
    <>
      <Ending action={action} />
      <Awaited live={live}>
        {({ deployments, versions }) => (
          <>
            <section className="panel table-wrap" aria-label="Versions" tabIndex={0}>
              <h2>Versions</h2>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Version</th>
                    <th scope="col">Answers</th>
                    <th scope="col">Made</th>
                    <th scope="col">By</th>
                    <th scope="col">Message</th>
                    {mayChange ? <th scope="col">Go back</th> : null}
                  </tr>
                </thead>
                <tbody>
                  {versions.map(({ author, message, time, version }) => (
                    <tr key={version}>
                      <th scope="row">{version}</th>
                      <td>{shareOf(version) > 0 ? <Badge tone="good">{shareOf(version)} %</Badge> : '–'}</td>
                      <td>{moment(time)}</td>
                      <td>{author}</td>
                      <td className="workers-text">{message}</td>
                      {mayChange ? (
                        <td>
                          {shareOf(version) === 100 ? null : (
                            <ConfirmButton
                              label="Roll back"
                              accessibleName={`Roll back to ${version}`}
                              question={`Shall ${version} answer all requests of ${name} again, instead of ${current}?`}
                              disabled={action.isBusy}
                              onConfirm={() => void rollBack(version)}
                            />
                          )}
                        </td>
                      ) : null}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <DeploymentHistory deployments={deployments} />
          </>
        )}
      </Awaited>
    </>
  )
}
