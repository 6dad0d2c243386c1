// `isopod serve [entry]…`: a server; with entries it also bundles and deploys them, and follows changes of their files.
import { Command } from 'commander'
import type { Settings } from '../config/settings.ts'
import { withEngine } from './engine-process.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { parseEntryArguments } from './worker-name.ts'

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Bundle workers and answer for them over HTTP; reloads when their files change.')
    .argument('[entry...]', 'entry files, each as <file> or <name>=<file>')
    .option('--no-watch', 'do not reload on change')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod serve src/index.ts\n  isopod serve api=src/api.ts site=src/site.ts --port 3000\n  isopod serve src/index.ts --mode pool --heap-mb 128\n',
    )
  addSettingOptions(command, [
    'mode',
    'port',
    'adminPort',
    'adminListen',
    'adminHosts',
    'requireToken',
    'adminChangesPerMinute',
    'adminReadsPerMinute',
    'listen',
    'domain',
    'hosts',
    'memoryMb',
    'dataFolder',
    'logFormat',
    'logsKept',
    'secretsKeyFile',
    'sandbox',
    'hostUser',
    'trustedTenants',
    'probationTasks',
    'probationMs',
    'drainMs',
    'kvTenantMb',
    'execute',
    'executionsAtOnce',
    'executor',
    'poolContext',
    'clock',
    'poolSize',
    'tenantInstances',
    'maxAgeMs',
    'maxErrors',
    'taskQueueSize',
    'tenantQueueSize',
    'queueWaitMs',
    'reserveSize',
    'cpuMs',
    'wallMs',
    'heapMaxMb',
    'allowAddresses',
    'denyAddresses',
    'allowHosts',
    'compatibilityFlags',
  ])
  return command.action(async (entries: string[]) => {
    const settings = settingsOf(command)
    warnOfSettings(settings)
    const workers = parseEntryArguments(entries)
    const watch = command.opts()['watch'] !== false
    if (settings.hosts === 0) {
      await withEngine(async () => {
        const { serveInProcess } = await import('./serve-in-process.ts')
        await serveInProcess(workers, { settings, watch })
      })
      return
    }
    const { serveSupervised } = await import('./serve-supervised.ts')
    await serveSupervised({ entries: workers }, { settings, watch, stack: command.parent?.opts()['stack'] === true })
  })
}

function warnOfSettings(settings: Settings): void {
  if (settings.heapInitialMb !== undefined) {
    process.stderr.write('ISOLATE_HEAP_INITIAL_MB has no effect: V8 sizes the heap of an isolate by its use.\n')
  }
}
