// `isopod serve <entry>…`: bundles workers, answers for them over HTTP, and follows changes of their files.
import { Command } from 'commander'
import { bundleProject } from '../bundle/bundle-project.ts'
import type { Settings } from '../config/settings.ts'
import { HttpIngress } from '../host/http-ingress.ts'
import { Runtime } from '../host/runtime.ts'
import { startAdmin } from '../server/admin.ts'
import { consoleObserver } from './console-observer.ts'
import { reportError } from './report-error.ts'
import { addSettingOptions, runtimeOptionsOf, settingsOf } from './setting-options.ts'
import { onShutdown } from './shutdown.ts'
import { relaxTimers } from './timer-slack.ts'
import { watchFiles } from './watch-files.ts'
import { type EntryArgument, parseEntryArguments } from './worker-name.ts'

const DRAIN_LIMIT_MS = 30_000

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Bundle workers and answer for them over HTTP; reloads when their files change.')
    .argument('<entry...>', 'entry files, each as <file> or <name>=<file>')
    .option('--no-watch', 'do not reload on change')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod serve src/index.ts\n  isopod serve api=src/api.ts site=src/site.ts --port 3000\n  isopod serve src/index.ts --mode pool --heap-mb 128\n',
    )
  addSettingOptions(command, [
    'mode',
    'port',
    'adminPort',
    'listen',
    'domain',
    'executor',
    'poolContext',
    'poolSize',
    'taskQueueSize',
    'reserveSize',
    'cpuMs',
    'wallMs',
    'heapMaxMb',
    'allowAddresses',
    'denyAddresses',
    'allowHosts',
  ])
  return command.action(async (entries: string[]) => {
    const settings = settingsOf(command)
    await serve(parseEntryArguments(entries), { settings, watch: command.opts()['watch'] !== false })
  })
}

async function serve(
  entries: readonly EntryArgument[],
  { settings, watch }: { settings: Settings; watch: boolean },
): Promise<void> {
  warnOfSettings(settings)
  relaxTimers()
  const runtime = new Runtime({ ...runtimeOptionsOf(settings), observer: consoleObserver() })
  const ingress = new HttpIngress(runtime, settings.domain)
  const started: AsyncDisposable[] = [runtime, ingress]
  const sinceMs = Date.now()
  try {
    const files = await Promise.all(entries.map((entry) => loadEntry(runtime, entry)))
    await ingress.listen({ port: settings.port, host: settings.listen })
    const admin = await startAdmin({ port: settings.adminPort, stats: () => runtime.stats() })
    started.push(admin)
    const watchers = watch
      ? entries.map((entry, i) => followEntry(runtime, entry, { files: files[i] ?? [], sinceMs }))
      : []
    onShutdown(async () => {
      for (const watcher of watchers) watcher[Symbol.dispose]()
      await ingress.close(DRAIN_LIMIT_MS)
      await admin.close()
      await runtime.close()
    })
    announce(entries, { settings, port: ingress.address.port, adminPort: admin.port })
  } catch (error) {
    for (const part of started.toReversed()) await part[Symbol.asyncDispose]()
    throw error
  }
}

/** Bundles and loads; returns the files to watch. */
async function loadEntry(runtime: Runtime, { name, entry }: EntryArgument): Promise<readonly string[]> {
  const { bundle, watchFiles: files, warnings } = await bundleProject({ entry })
  for (const warning of warnings) process.stderr.write(`${name}: ${warning}\n`)
  await runtime.load({ worker: name, bundle })
  return files
}

/** The version that runs goes on until the new one is ready, and if the new one is broken. */
function followEntry(
  runtime: Runtime,
  entry: EntryArgument,
  { files, sinceMs }: { files: readonly string[]; sinceMs: number },
): Disposable {
  const onChange = async (): Promise<readonly string[] | undefined> => {
    const startMs = performance.now()
    try {
      const next = await loadEntry(runtime, entry)
      process.stdout.write(`${entry.name}: reloaded in ${Math.round(performance.now() - startMs)} ms\n`)
      return next
    } catch (error) {
      reportError(error, { stack: false })
      process.stderr.write(`${entry.name}: the last good version goes on\n`)
      return undefined
    }
  }
  return watchFiles({ files, sinceMs, onChange })
}

function announce(
  entries: readonly EntryArgument[],
  { settings, port, adminPort }: { settings: Settings; port: number; adminPort: number },
): void {
  process.stdout.write(`isopod is ready (mode ${settings.mode})\n`)
  for (const { name } of entries) process.stdout.write(`  ${name}  http://${name}.${settings.domain}:${port}/\n`)
  process.stdout.write(`  admin  http://127.0.0.1:${adminPort}/admin/pool\n`)
}

function warnOfSettings(settings: Settings): void {
  if (settings.heapInitialMb !== undefined) {
    process.stderr.write('ISOLATE_HEAP_INITIAL_MB has no effect: V8 sizes the heap of an isolate by its use.\n')
  }
}
