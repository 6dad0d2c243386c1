// A server: the sockets, the control process, and the fleet of hosts. The supervisor holds and watches them; it reads no
// request and runs nobody's code.
import { availableParallelism } from 'node:os'
import { programPath } from '../programs.ts'
import type { ControlConfig } from '../wire/control-process-messages.ts'
import type { HostConfig } from '../wire/supervisor-messages.ts'
import { ControlKeeper } from './control-keeper.ts'
import { Fleet } from './fleet.ts'
import { hostMemoryMb } from './host-memory.ts'
import { sharesOf } from './host-shares.ts'
import { openDataFolder } from './data-folder.ts'
import { createRunFolder } from './run-folder.ts'
import { planSandbox, type SandboxOptions } from './sandbox/plan-sandbox.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import { holdPath, holdTcp } from './sockets.ts'

export interface ServerOptions {
  readonly listen: string
  readonly port: number
  readonly adminListen: string
  readonly adminPort: number
  /** Main hosts; one per core unless given. */
  readonly hosts: number | undefined
  /** All hosts together; most of the machine unless given. */
  readonly memoryMb: number | undefined
  /** Unless given the state goes with the server. */
  readonly dataFolder: string | undefined
  readonly drainMs: number
  readonly sandbox: Pick<SandboxOptions, 'sandbox' | 'user' | 'environment'>
  /** Makes what hosts start faster with, and may not make themselves; returns the folder it is in. */
  readonly prepareGuestCache: (fallbackFolder: string) => string | undefined
  /** Flags of Node that isolates need. */
  readonly engineFlags: readonly string[]
  readonly control: Omit<ControlConfig, 'dataFolder'>
  /** For all hosts together; what counts things is divided among them. */
  readonly host: Omit<
    HostConfig,
    'mainHosts' | 'guestCacheFolder' | 'memoryMb' | 'controlSocket' | 'kvSocket' | 'probationSocket' | 'slotSockets'
  >
}

export interface ServerEvents {
  output(fd: 1 | 2, chunk: Uint8Array): void
  /** For the operator. */
  tell(message: string): void
}

export interface Server extends AsyncDisposable {
  readonly port: number
  readonly adminPort: number
  readonly mainHosts: number
  readonly sandbox: Sandbox
  /** Opens the data port; until then whoever comes is refused. */
  accept(): Promise<void>
  reload(): Promise<void>
  /** Lets what runs finish, then ends everything. Returns how many tasks were not finished in time. */
  close(): Promise<number>
  /** Ends everything now. */
  kill(): void
}

/** @throws IsopodError `PORT_IN_USE`, `DATA_IN_USE`, `TOKEN_REQUIRED`, `INVALID_OPTION`, `SANDBOX_UNAVAILABLE`, `HOST_FAILED` */
export async function startServer(options: ServerOptions, events: ServerEvents): Promise<Server> {
  const mainHosts = options.hosts ?? availableParallelism()
  await using parts = new AsyncDisposableStack()
  const runFolder = parts.use(await createRunFolder(mainHosts > 1 ? mainHosts : 0))
  const data = parts.use(openDataFolder(options.dataFolder, runFolder.path))
  const dataSocket = parts.use(await holdTcp(options.listen, options.port))
  const adminSocket = parts.use(await holdTcp(options.adminListen, options.adminPort))
  const controlSocket = parts.use(holdPath(runFolder.controlSocket))
  const kvSocket = parts.use(holdPath(runFolder.kvSocket))
  const probationSocket = parts.use(holdPath(runFolder.probationSocket))
  const slots = runFolder.slotSockets.map((path) => parts.use(holdPath(path)))

  // Nobody else's before it is known whom hosts run as.
  runFolder.giveSockets(undefined)
  let fleet: Fleet | undefined = undefined
  // It starts while the sandbox is tried out, and may ask before there are hosts.
  const control = new ControlKeeper(
    {
      program: programPath('control'),
      config: { ...options.control, dataFolder: data.path },
      hostSocket: controlSocket,
      kvSocket,
      adminSocket,
    },
    { ...events, hosts: () => fleet?.status() ?? [], reload: async () => fleet?.reload() },
  )
  parts.defer(() => control.stop())
  // Until somebody waits for it below.
  control.ready.catch(() => undefined)

  const sandbox = await planSandbox({ ...options.sandbox, runFolder: runFolder.path, nodeFlags: options.engineFlags })
  runFolder.giveSockets(sandbox.user)

  // With the one on probation, and each with its share.
  const shares = mainHosts + 1
  const hosts = new Fleet(
    {
      command: sandbox.command({
        program: programPath('host'),
        args: [],
        nodeFlags: options.engineFlags,
        runFolder: runFolder.path,
      }),
      sandbox,
      config: {
        ...options.host,
        mainHosts,
        ...sharesOf(options.host, mainHosts),
        guestCacheFolder: options.prepareGuestCache(runFolder.path),
        memoryMb: hostMemoryMb(options.memoryMb, shares),
        controlSocket: runFolder.controlSocket,
        kvSocket: runFolder.kvSocket,
        probationSocket: runFolder.probationSocket,
        slotSockets: runFolder.slotSockets,
      },
      slots,
      tiers: { main: { count: mainHosts, socket: dataSocket }, probation: { count: 1, socket: probationSocket } },
      drainLimitMs: options.drainMs,
      spares: 1,
    },
    {
      ...events,
      incident: (incident) => control.report(incident),
      alarm: (host, version) => control.alarm(host, version),
      recovered: (host) => control.recovered(host),
      admit: (admission) => control.admit(admission),
      dismiss: (token) => control.dismiss(token),
    },
  )
  fleet = hosts
  parts.defer(() => hosts.stop())
  await Promise.all([control.ready, hosts.started])

  const running = parts.move()
  return {
    port: dataSocket.port,
    adminPort: adminSocket.port,
    mainHosts,
    sandbox,
    accept: () => hosts.accept(),
    reload: () => hosts.reload(),
    async close() {
      // Whoever comes now is refused at once, instead of waiting for a host that will not come.
      dataSocket[Symbol.dispose]()
      const cut = await hosts.drain(options.drainMs)
      await running.disposeAsync()
      return cut
    },
    kill() {
      hosts.stop()
      control.stop()
      runFolder[Symbol.dispose]()
      data[Symbol.dispose]()
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
