// `isopod serve`: this process becomes the supervisor of a server, and starts beside it the process that deploys entries.
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { resolveOptions } from '../host/runtime-options.ts'
import { relaxTimers } from '../host/timer-slack.ts'
import { ENGINE_FLAGS } from '../isolate/engine-flags.ts'
import { prepareGuestCache } from '../isolate/guest-cache.ts'
import type { Sandbox } from '../supervisor/sandbox/sandbox.ts'
import { type Server, type ServerEvents, startServer } from '../supervisor/server.ts'
import { BoundedOutput } from '../wire/bounded-output.ts'
import { type GivenToken, hashOf } from '../wire/caller.ts'
import { adminUrl, doorOf } from './admin-door.ts'
import { announce } from './announce.ts'
import type { Served } from './deploy-entries-process.ts'
import { type EntryDeployer, startDeployer } from './entry-deployer.ts'
import { bundlingOptionsOf, runtimeOptionsOf } from './setting-options.ts'
import { onShutdown } from './shutdown.ts'

const ENDING = ['SIGINT', 'SIGTERM'] as const

interface ServeOptions {
  readonly settings: Settings
  readonly watch: boolean
  readonly stack: boolean
}

export async function serveSupervised({ entries = [], project }: Served, options: ServeOptions): Promise<void> {
  const { settings, stack, watch } = options
  // Until the server is there its processes end with this one. As process 1 nothing else would end it.
  for (const signal of ENDING) process.on(signal, endAtOnce)
  // What is wrong with an option is said before anything has started.
  resolveOptions(runtimeOptionsOf(settings))
  // Children inherit it.
  relaxTimers()
  const outputs = { 1: new BoundedOutput(1), 2: new BoundedOutput(2) }
  const events: ServerEvents = {
    output: (fd, chunk) => outputs[fd].write(chunk),
    tell: (message) =>
      outputs[2].write(
        settings.logFormat === 'json'
          ? `${JSON.stringify({ level: 'warn', time: Date.now(), msg: message })}\n`
          : `isopod: ${message}\n`,
      ),
  }
  const deployer =
    entries.length === 0 && project === undefined
      ? undefined
      : startDeployer(
          { entries, watch, stack, ...bundlingOptionsOf(settings), ...(project === undefined ? {} : { project }) },
          events.output,
        )
  const server = await startWith(settings, { events, deployer })
  for (const signal of ENDING) process.removeListener(signal, endAtOnce)
  onShutdown({
    close() {
      deployer?.stop()
      return server.close()
    },
    kill() {
      deployer?.stop()
      server.kill()
    },
  })
  process.on('SIGHUP', () => {
    void server.reload().then(() => events.tell('every host was replaced'))
  })
  const { adminPort, mainHosts, port, sandbox } = server
  const hosts = `${mainHosts} ${mainHosts === 1 ? 'host' : 'hosts'} and 1 on probation, sandbox ${sandbox.level}`
  announce({
    settings,
    workers: [...entries, ...(project === undefined ? [] : [project])].map(({ name }) => name),
    port,
    adminUrl: `${adminUrl(settings.adminListen, adminPort)}/`,
    hosts,
    notes: missingMeasures(sandbox),
  })
}

function endAtOnce(signal: NodeJS.Signals): never {
  process.exit(signal === 'SIGINT' ? 130 : 143)
}

/** A first deployment that fails is a start that failed. */
async function startWith(
  settings: Settings,
  { events, deployer }: { readonly events: ServerEvents; readonly deployer: EntryDeployer | undefined },
): Promise<Server> {
  const secret = randomBytes(32).toString('base64url')
  const starting = startServer(
    {
      listen: settings.listen,
      port: settings.port,
      adminListen: settings.adminListen,
      adminPort: settings.adminPort,
      hosts: settings.hosts,
      memoryMb: settings.memoryMb,
      dataFolder: settings.dataFolder,
      drainMs: settings.drainMs,
      sandbox: { sandbox: settings.sandbox, user: settings.hostUser, environment: process.env },
      prepareGuestCache,
      engineFlags: ENGINE_FLAGS,
      control: {
        secretsKeyFile: settings.secretsKeyFile === undefined ? undefined : resolve(settings.secretsKeyFile),
        logsKept: settings.logsKept,
        vouchedTenants: settings.trustedTenants,
        probationTasks: settings.probationTasks,
        probationMs: settings.probationMs,
        door: doorOf(settings, [deployerToken(secret)]),
        wallMs: settings.wallMs,
        kvTenantMb: settings.kvTenantMb,
        execute:
          settings.execute === 'off'
            ? undefined
            : { atOnce: settings.executionsAtOnce, sandbox: settings.sandbox, user: settings.hostUser },
      },
      host: {
        ...runtimeOptionsOf(settings),
        domain: settings.domain,
        observed: settings.logFormat === 'json' ? 'json' : 'terminal',
      },
    },
    events,
  )
  if (deployer === undefined) {
    const server = await starting
    await server.accept()
    return server
  }
  try {
    // What cannot even be bundled is known before the server is there; its processes end with this one.
    const server = await Promise.race([starting, deployer.failed])
    if (server === undefined) process.exit(1)
    if (!(await deployer.deployTo({ url: adminUrl(settings.adminListen, server.adminPort), token: secret }))) {
      server.kill()
      process.exit(1)
    }
    await server.accept()
    return server
  } catch (error) {
    deployer.stop()
    throw error
  }
}

/** The deployer comes in by the admin port as everybody does, and may do what it is for. */
function deployerToken(secret: string): GivenToken {
  return { hash: hashOf(secret), name: 'command line', role: 'deployer', tenant: 'default' }
}

/** Said at every start, so that nobody relies on what this machine does not offer. */
function missingMeasures({ measures }: Sandbox): string[] {
  return measures.flatMap(({ detail, inForce, name }) => (inForce ? [] : [`not in force: ${name}: ${detail}`]))
}
