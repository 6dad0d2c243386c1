// `isopod serve --hosts 0`: everything in this one process. For development: a script that V8 cannot stop stops it all.
import { setTimeout as delay } from 'node:timers/promises'
import { HttpIngress } from '../host/http/http-ingress.ts'
import { hostObserver } from '../host/process/host-observer.ts'
import { jsonObserver } from '../host/process/json-observer.ts'
import { Runtime } from '../host/runtime.ts'
import { relaxTimers } from '../host/timer-slack.ts'
import type { Settings } from '../config/settings.ts'
import { IsopodError } from '../errors.ts'
import { createAdminServer, listenOnPort } from '../server/admin-server.ts'
import { addPoolApi } from '../server/api/hosts-api.ts'
import { poolReportOf } from '../server/reports.ts'
import { adminUrl, doorOf } from './admin-door.ts'
import { announce } from './announce.ts'
import { bundlingOptionsOf, runtimeOptionsOf } from './setting-options.ts'
import { onShutdown } from './shutdown.ts'
import { serveEntries } from './worker-entries.ts'
import type { EntryArgument } from './worker-name.ts'

const DISPOSAL_MS = 250
const NO_TOKEN = 'The admin port would answer to tokens only, and there is none: give one by ISOPOD_ADMIN_TOKEN.'

export async function serveInProcess(
  entries: readonly EntryArgument[],
  { settings, watch }: { readonly settings: Settings; readonly watch: boolean },
): Promise<void> {
  const door = doorOf(settings)
  if (door.requireToken && door.given.length === 0) throw new IsopodError('TOKEN_REQUIRED', NO_TOKEN)
  relaxTimers()
  const runtime = new Runtime({
    ...runtimeOptionsOf(settings),
    observer: settings.logFormat === 'json' ? jsonObserver() : hostObserver(),
  })
  const ingress = new HttpIngress(runtime, settings.domain)
  const admin = await createAdminServer({ door })
  addPoolApi(admin, async () => poolReportOf(runtime.stats()))
  await using parts = new AsyncDisposableStack()
  parts.use(runtime)
  parts.use(ingress)
  parts.defer(async () => void (await admin.close()))
  const load = (worker: string, bundle: Parameters<Runtime['load']>[0]['bundle']): Promise<void> =>
    runtime.load({ worker, bundle })
  parts.use(await serveEntries(entries, { load, watch, ...bundlingOptionsOf(settings) }))
  await ingress.listen({ port: settings.port, host: settings.listen })
  const adminPort = await listenOnPort(admin, { host: settings.adminListen, port: settings.adminPort })
  const running = parts.move()
  onShutdown({
    async close() {
      const cut = await ingress.close(settings.drainMs)
      await running.disposeAsync()
      // V8's threads may still be freeing isolates of tasks that have just ended; a process that exits meanwhile crashes.
      await delay(DISPOSAL_MS)
      return cut
    },
  })
  announce({
    settings,
    workers: entries.map(({ name }) => name),
    port: ingress.address.port,
    adminUrl: adminUrl(settings.adminListen, adminPort),
    hosts: 'all in one process',
  })
}
