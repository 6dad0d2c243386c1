// `isopod serve --hosts 0`, and `isopod dev --inspect`: everything in this one process. For development: a script that V8
// cannot stop stops it all.
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
  const observer = settings.logFormat === 'json' ? jsonObserver() : hostObserver()
  const runtime = new Runtime({ ...runtimeOptionsOf(settings), observer })
  const load = (worker: string, bundle: Parameters<Runtime['load']>[0]['bundle']): Promise<void> =>
    runtime.load({ worker, bundle })
  await answerInProcess(runtime, {
    settings,
    workers: entries.map(({ name }) => name),
    load: () => serveEntries(entries, { load, watch, ...bundlingOptionsOf(settings) }),
  })
}

export interface InProcessOptions {
  readonly settings: Settings
  /** Names of the workers that answer once they are loaded. */
  readonly workers: readonly string[]
  /** Loads them, and follows their files until it is disposed of. */
  readonly load: () => Promise<Disposable>
  /** Goes first: what a debugger holds would never finish. */
  readonly inspector?: AsyncDisposable
  /** For people, when it is ready. */
  readonly notes?: readonly string[]
}

/** Opens the doors to a runtime, and closes it with the process. */
export async function answerInProcess(
  runtime: Runtime,
  { settings, workers, load, inspector, notes = [] }: InProcessOptions,
): Promise<void> {
  await using parts = new AsyncDisposableStack()
  parts.use(runtime)
  const door = doorOf(settings)
  if (door.requireToken && door.given.length === 0) throw new IsopodError('TOKEN_REQUIRED', NO_TOKEN)
  relaxTimers()
  const ingress = new HttpIngress(runtime, settings.domain)
  const admin = await createAdminServer({ door })
  addPoolApi(admin, async () => poolReportOf(runtime.stats()))
  parts.use(ingress)
  parts.defer(async () => void (await admin.close()))
  parts.use(await load())
  await ingress.listen({ port: settings.port, host: settings.listen })
  const adminPort = await listenOnPort(admin, { host: settings.adminListen, port: settings.adminPort })
  const running = parts.move()
  onShutdown({
    async close() {
      await inspector?.[Symbol.asyncDispose]()
      const cut = await ingress.close(settings.drainMs)
      await running.disposeAsync()
      // V8's threads may still be freeing isolates of tasks that have just ended; a process that exits meanwhile crashes.
      await delay(DISPOSAL_MS)
      return cut
    },
  })
  announce({
    settings,
    workers,
    port: ingress.address.port,
    adminUrl: `${adminUrl(settings.adminListen, adminPort)}/admin/pool`,
    hosts: 'all in one process',
    notes,
  })
}
