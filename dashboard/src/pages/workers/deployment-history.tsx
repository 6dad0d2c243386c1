import type { DeploymentReport } from '../../../../src/server/api/deployment-shapes.ts'
import { moment } from './moment.ts'

export function DeploymentHistory({ deployments }: { readonly deployments: readonly DeploymentReport[] }) {
  return (
    <section className="panel table-wrap" aria-label="Deployments" tabIndex={0}>
      <h2>Deployments</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">Answering</th>
            <th scope="col">By</th>
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {deployments.map(({ author, deployment, message, split, time }) => (
            <tr key={deployment}>
              <td>{moment(time)}</td>
              <td>{split.map(({ percent, version }) => `${version ?? 'one that is gone'} ${percent} %`).join(', ')}</td>
              <td>{author}</td>
              <td className="workers-text">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
