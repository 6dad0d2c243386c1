// `isopod serve`: this process becomes the supervisor of a server, and starts beside it the process that deploys entries.
import { type ChildProcess, spawn } from 'node:child_process'
import type { Settings } from '../config/settings.ts'
import { relaxTimers } from '../host/timer-slack.ts'
import { ENGINE_FLAGS } from '../isolate/engine-flags.ts'
import { prepareGuestCache } from '../isolate/guest-cache.ts'
import { programPath } from '../programs.ts'
import type { Sandbox } from '../supervisor/sandbox/sandbox.ts'
import { type Server, startServer } from '../supervisor/server.ts'
import { BoundedOutput } from '../wire/bounded-output.ts'
import { announce } from './announce.ts'
import type { DeployEntriesOptions } from './deploy-entries-process.ts'
import { runtimeOptionsOf } from './setting-options.ts'
import { onShutdown } from './shutdown.ts'
import type { EntryArgument } from './worker-name.ts'

interface ServeOptions {
  readonly settings: Settings
  readonly watch: boolean
  readonly stack: boolean
}

export async function serveSupervised(entries: readonly EntryArgument[], options: ServeOptions): Promise<void> {
  const { settings } = options
  // Children inherit it.
  relaxTimers()
  const outputs = { 1: new BoundedOutput(1), 2: new BoundedOutput(2) }
  const output = (fd: 1 | 2, chunk: Uint8Array): void => outputs[fd].write(chunk)
  const tell = (message: string): void => outputs[2].write(`isopod: ${message}\n`)
  const server = await startServer(
    {
      listen: settings.listen,
      port: settings.port,
      adminPort: settings.adminPort,
      hosts: settings.hosts,
      memoryMb: settings.memoryMb,
      dataFolder: settings.dataFolder,
      drainMs: settings.drainMs,
      sandbox: { sandbox: settings.sandbox, user: settings.hostUser, environment: process.env },
      prepareGuestCache,
      engineFlags: ENGINE_FLAGS,
      control: {
        mode: settings.mode,
        vouchedTenants: settings.trustedTenants,
        probationTasks: settings.probationTasks,
        probationMs: settings.probationMs,
      },
      host: { ...runtimeOptionsOf(settings), domain: settings.domain, observed: 'terminal' },
    },
    { output, tell },
  )
  const deployer = await deployEntries(entries, server, { ...options, output })
  onShutdown({
    close() {
      deployer?.kill('SIGKILL')
      return server.close()
    },
    kill() {
      deployer?.kill('SIGKILL')
      server.kill()
    },
  })
  process.on('SIGHUP', () => {
    void server.reload().then(() => tell('every host was replaced'))
  })
  const { adminPort, mainHosts, port, sandbox } = server
  const hosts = `${mainHosts} ${mainHosts === 1 ? 'host' : 'hosts'} and 1 on probation, sandbox ${sandbox.level}`
  announce({ settings, entries, port, adminPort, hosts, notes: missingMeasures(sandbox) })
}

/** Resolves when all entries answer; a first deployment that fails is a start that failed. */
async function deployEntries(
  entries: readonly EntryArgument[],
  server: Server,
  { output, stack, watch }: ServeOptions & { readonly output: (fd: 1 | 2, chunk: Uint8Array) => void },
): Promise<ChildProcess | undefined> {
  if (entries.length === 0) return undefined
  const options: DeployEntriesOptions = { entries, adminPort: server.adminPort, watch, stack }
  const child = spawn(process.execPath, [programPath('deploy-entries'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stdout?.on('data', (chunk: Uint8Array) => output(1, chunk))
  child.stderr?.on('data', (chunk: Uint8Array) => output(2, chunk))
  const isDeployed = await new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true))
    child.once('close', () => resolve(false))
  })
  if (isDeployed) return child
  server.kill()
  process.exit(1)
}

/** Said at every start, so that nobody relies on what this machine does not offer. */
function missingMeasures({ measures }: Sandbox): string[] {
  return measures.flatMap(({ detail, inForce, name }) => (inForce ? [] : [`not in force: ${name}: ${detail}`]))
}
