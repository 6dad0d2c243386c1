// `isopod status`, `isopod routes`, `isopod delete`: what is on a server.
import { Command } from 'commander'
import type { LiveWorkerReport } from '../server/api/deployment-shapes.ts'
import type { WorkerMeasures } from '../server/api/measures-shapes.ts'
import { addJsonOption, print, table } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { addWorkerOptions, workerOf } from './worker-option.ts'

export function statusCommand(): Command {
  const command = about(
    new Command('status').description(
      'Show the workers of a server and how they do, its hosts, and what is held back.',
    ),
  )
  return command.action(async () => {
    const client = clientOf(settingsOf(command))
    // Not for every token.
    const hosts = await client.hosts().then(
      (list) => list.hosts,
      () => [],
    )
    const [{ workers }, { quarantine }, ready, measures] = await Promise.all([
      client.workers(),
      client.quarantine(),
      client.readiness(),
      client.measures(),
    ])
    print(command, { ready, workers, quarantine, hosts, measures }, () =>
      [
        `server: ${ready.status}`,
        ...hosts.map(
          ({ id, instances, pid, rss_bytes: rss, state, tier }) =>
            `  host ${id} ${tier ?? 'spare'} ${state}, pid ${pid}, ${Math.round(rss / 1024 / 1024)} MiB, ${instances} instances`,
        ),
        table(
          ['TENANT', 'WORKER', 'VERSIONS', 'TASKS', 'ERRORS', 'P99', 'WAITING', 'INSTANCES', 'HEAP'],
          workers.map(({ split, tenant, worker }) => {
            const measured = measures.workers.find((one) => one.tenant === tenant && one.worker === worker)
            return [tenant, worker, splitText(split)].concat(measuredCells(measured))
          }),
          'no workers',
        ),
        ...quarantine.map(({ reason, tenant, worker }) => `held back: ${worker} of ${tenant}: ${reason}`),
      ].join('\n'),
    )
  })
}

export function routesCommand(): Command {
  const command = about(new Command('routes').description('List host names and paths that lead to workers.'))
  return command.action(async () => {
    print(command, await clientOf(settingsOf(command)).routes(), ({ routes }) =>
      table(
        ['ROUTE', 'TENANT', 'WORKER'],
        routes.map(({ pattern, tenant, worker }) => [pattern, tenant, worker]),
        'no routes',
      ),
    )
  })
}

export function deleteCommand(): Command {
  const command = addWorkerOptions(
    about(new Command('delete').description('Remove a worker, with its versions, secrets, routes and schedules.')),
  )
  return command.action(async () => {
    const worker = await workerOf(command)
    const done = await clientOf(settingsOf(command)).remove(worker)
    print(command, done, () => `${worker.worker} is removed`)
  })
}

function splitText(split: LiveWorkerReport['split']): string {
  return split.map(({ percent, version }) => (percent === 100 ? version : `${version} ${percent} %`)).join(', ')
}

/** Of a worker that did nothing yet, or whose tasks are counted with others', there is nothing to show. */
function measuredCells(measured: WorkerMeasures | undefined): readonly string[] {
  if (measured === undefined) return []
  const { errors, heap_bytes: heapBytes, instances, queue_depth: waiting, tasks, wall } = measured
  const p99 = wall.p99_ms === null ? '' : `${Number(wall.p99_ms.toPrecision(2))} ms`
  return [String(tasks), String(errors), p99, String(waiting), String(instances), mebibytes(heapBytes)]
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

function about(command: Command): Command {
  return addSettingOptions(addJsonOption(command), CLIENT_SETTINGS)
}
