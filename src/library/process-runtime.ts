// A runtime in a host process of its own, the same that a server has. The program is its supervisor and its control: a
// worker that takes the host down is held back, the host is replaced, and tasks that had not started are run on the next.
import { createServer, type Server } from 'node:net'
import { Control } from '../control/control.ts'
import type { WorkerName } from '../control/store.ts'
import { createMemoryStore } from '../control/memory-store.ts'
import { assertTask } from '../host/check-task.ts'
import { assertVersion } from '../host/check-version.ts'
import { OVER, refusal, type SubmittedTask, type WorkerAddress } from '../host/destination.ts'
import { MemoryKvStore } from '../host/kv/memory-kv-store.ts'
import { addressOf, type WorkerId } from '../host/registry.ts'
import { Forwarder } from '../host/routing/forwarder.ts'
import type { DispatchOptions, VersionInit } from '../host/runtime.ts'
import { type ResolvedOptions, resolveOptions, type RuntimeOptions } from '../host/runtime-options.ts'
import { IsopodError } from '../errors.ts'
import { ENGINE_FLAGS } from '../isolate/engine-flags.ts'
import { prepareGuestCache } from '../isolate/guest-cache.ts'
import { OBSERVER_EVENTS, type Observer } from '../observer.ts'
import { programPath } from '../programs.ts'
import type { PoolStats } from '../stats.ts'
import { Fleet } from '../supervisor/fleet.ts'
import { hostMemoryMb } from '../supervisor/host-memory.ts'
import { createRunFolder } from '../supervisor/run-folder.ts'
import { planSandbox } from '../supervisor/sandbox/plan-sandbox.ts'
import type { SandboxSetting } from '../supervisor/sandbox/sandbox.ts'
import { holdPath, holdTcp } from '../supervisor/sockets.ts'
import type { Task, TaskResult } from '../task.ts'
import type { DeathCause } from '../wire/incident.ts'
import type { HttpDoor, ListenOptions, LoadOptions, Runtime } from './runtime.ts'

interface Parts {
  readonly control: Control
  readonly fleet: Fleet
  readonly forwarder: Forwarder
  readonly closeAll: () => Promise<void>
}

/** What is up to whoever runs the process, not to whoever runs workers in it. */
export interface HostProcessOptions {
  /** How it is confined. Default `auto`: as far as the machine allows. */
  readonly sandbox?: SandboxSetting
  /** Name or uid of whom it runs as, where this process is root. Default `nobody`. */
  readonly user?: string
  /** What it may use of the machine's memory, in MiB. Default: 70 %. */
  readonly memoryMb?: number
  /** It ended without being meant to. */
  readonly hostDied?: (death: HostDeath) => void
}

export interface HostDeath {
  readonly cause: DeathCause
  /** Whose fault it was, where that is known. */
  readonly culprit: WorkerName | undefined
}

const MAX_TASKS = 10_000

export class ProcessRuntime implements Runtime {
  readonly #options: ResolvedOptions
  readonly #parts: Promise<Parts>
  readonly #workers = new Map<string, { readonly tenant: string; readonly worker: string; readonly version: string }>()
  #lastDoor = 0
  #isClosed = false

  constructor(options: RuntimeOptions, hostOptions: HostProcessOptions = {}) {
    this.#options = resolveOptions(options)
    this.#parts = startParts(this.#options, hostOptions)
    // Whoever uses the runtime hears of it.
    this.#parts.catch(() => undefined)
  }

  async load(init: VersionInit, { start = 'now' }: LoadOptions = {}): Promise<void> {
    if (this.#isClosed) throw new IsopodError('RUNTIME_CLOSED')
    const version = { ...init, tenant: init.tenant ?? 'default' }
    assertVersion({ ...version, id: version.id ?? 'new' })
    const { control } = await this.#parts
    const { id, tenant, worker } = await control.deploy(version, { start })
    this.#workers.set(`${tenant}/${worker}`, { tenant, worker, version: id })
  }

  async remove(worker: WorkerId): Promise<boolean> {
    const address = addressOf(worker)
    this.#workers.delete(`${address.tenant}/${address.worker}`)
    const { control } = await this.#parts
    return control.remove(address)
  }

  workers(): ReturnType<Runtime['workers']> {
    return [...this.#workers.values()]
  }

  async dispatch(worker: WorkerId, task: Task, { signal, started }: DispatchOptions = {}): Promise<TaskResult> {
    const address = addressOf(worker)
    assertTask(task)
    const acceptedMs = performance.now()
    const { forwarder } = await this.#parts
    if (this.#isClosed) {
      return refusal({ outcome: 'loadShed', code: 'RUNTIME_CLOSED', message: 'The runtime is closed.' })
    }
    if (signal?.aborted === true) {
      const message = 'The caller went away before the task had started.'
      return refusal({ outcome: 'canceled', code: 'TASK_CANCELED', message })
    }
    return run(forwarder, { address, task, acceptedMs, signal, started })
  }

  async pin(worker: WorkerId): Promise<AsyncDisposable | undefined> {
    const { control } = await this.#parts
    return control.pin(addressOf(worker))
  }

  async stats(): Promise<PoolStats> {
    const { control } = await this.#parts
    const [only] = await control.stats()
    if (only === undefined) throw new IsopodError('HOST_LOST', 'The host process is being replaced. Try again.')
    return only.stats
  }

  async collectGarbage(): Promise<void> {
    const { control } = await this.#parts
    await control.collectGarbage()
  }

  /** For a host process that does not come out of what it runs: it is ended, its tasks are lost, and the next one is started. */
  async endHost(): Promise<void> {
    const { fleet } = await this.#parts
    fleet.endServing()
  }

  async warmUp(): Promise<void> {
    await this.#parts
  }

  async listen({ domain = 'localhost', host = '127.0.0.1', port }: ListenOptions): Promise<HttpDoor> {
    const { fleet } = await this.#parts
    const socket = await holdTcp(host, port)
    this.#lastDoor += 1
    const door = this.#lastDoor
    await fleet.openDoor(door, domain, socket)
    const close = async (limitMs = 0): Promise<void> => {
      await fleet.closeDoor(door, limitMs)
      socket[Symbol.dispose]()
    }
    return { address: { address: host, port: socket.port }, close, [Symbol.asyncDispose]: () => close() }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    const { closeAll, control } = await this.#parts
    // What hosts have reported before they answer this has been heard.
    await control.stats()
    await closeAll()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

interface Dispatch {
  readonly address: WorkerAddress
  readonly task: Task
  readonly acceptedMs: number
  readonly signal: AbortSignal | undefined
  readonly started: (() => void) | undefined
}

function run(forwarder: Forwarder, { acceptedMs, address, signal, started, task }: Dispatch): Promise<TaskResult> {
  return new Promise((resolve) => {
    let submitted: SubmittedTask = OVER
    const abandon = (): void => submitted.abandon()
    const caller = {
      settled: (result: TaskResult) => {
        signal?.removeEventListener('abort', abandon)
        resolve(result)
      },
      ...(started === undefined ? {} : { started }),
    }
    const submit = (): SubmittedTask => forwarder.submit({ address, task, caller, acceptedMs, again: submit })
    submitted = submit()
    signal?.addEventListener('abort', abandon, { once: true })
  })
}

async function startParts(
  options: ResolvedOptions,
  { hostDied, memoryMb, sandbox: setting = 'auto', user }: HostProcessOptions,
): Promise<Parts> {
  const { executor: _executor, observer, tenantWeights, ...shared } = options
  await using stack = new AsyncDisposableStack()
  const runFolder = stack.use(await createRunFolder())
  const sandbox = await planSandbox({
    sandbox: setting,
    ...(user === undefined ? {} : { user }),
    environment: process.env,
    runFolder: runFolder.path,
    nodeFlags: ENGINE_FLAGS,
  })
  const server: Server = createServer()
  const kvServer: Server = createServer()
  const control = stack.adopt(
    new Control({
      store: createMemoryStore(),
      server,
      kv: { server: kvServer, store: new MemoryKvStore() },
      // There is one host, and it is nobody's neighbour.
      trust: { vouchedTenants: [], cleanTasks: Infinity, probationMs: Infinity },
      observed: (event, details) => tellObserver(observer, event, details),
    }),
    (opened) => opened[Symbol.dispose](),
  )
  for (const [tenant, weight] of Object.entries(tenantWeights)) await control.setWeight(tenant, weight)
  for (const [listener, path] of [
    [server, runFolder.controlSocket],
    [kvServer, runFolder.kvSocket],
  ] as const) {
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(path, resolve)
    })
    stack.defer(() => void listener.close())
  }
  const taskSocket = stack.use(holdPath(runFolder.probationSocket))
  runFolder.giveSockets(sandbox.user)
  const fleet = new Fleet(
    {
      command: sandbox.command({
        program: programPath('host'),
        args: [],
        nodeFlags: ENGINE_FLAGS,
        runFolder: runFolder.path,
      }),
      sandbox,
      config: {
        ...shared,
        executor: 'inline',
        mainHosts: 1,
        domain: 'localhost',
        observed: 'control',
        memoryMb: hostMemoryMb(memoryMb, 1),
        guestCacheFolder: prepareGuestCache(runFolder.path),
        controlSocket: runFolder.controlSocket,
        kvSocket: runFolder.kvSocket,
        probationSocket: runFolder.probationSocket,
        slotSockets: [],
      },
      tiers: { main: { count: 0, socket: undefined }, probation: { count: 1, socket: taskSocket } },
      drainLimitMs: 0,
      spares: 0,
    },
    {
      incident: (incident) => {
        void control.hostDied(incident)
        const [report] = control.incidents()
        hostDied?.({ cause: incident.cause, culprit: report?.culprit ?? undefined })
      },
      alarm: (host, version) => void control.hostAlarmed(host, version),
      recovered: (host) => void control.hostRecovered(host),
      admit: (admission) => control.admit(admission),
      dismiss: (token) => control.dismiss(token),
      tell: (message) => process.emitWarning(message, 'IsopodWarning'),
      output: (fd, chunk) => void (fd === 1 ? process.stdout : process.stderr).write(chunk),
    },
  )
  stack.defer(() => fleet.stop())
  await fleet.started
  const forwarder = new Forwarder({
    socketPath: runFolder.probationSocket,
    maxTasks: MAX_TASKS,
    startWithinMs: options.limits.wallMs,
    refused: (event) => observer.taskRefused?.(event),
  })
  stack.defer(() => {
    const message = 'The runtime was closed while the task was running.'
    forwarder.close(refusal({ outcome: 'recycled', code: 'RUNTIME_CLOSED', message }))
  })
  const running = stack.move()
  return { control, fleet, forwarder, closeAll: () => running.disposeAsync() }
}

const OBSERVED: ReadonlySet<string> = new Set(OBSERVER_EVENTS)

function tellObserver(observer: Observer, event: keyof Observer, details: readonly unknown[]): void {
  // The host says which; an observer may have methods that are not for it to call.
  if (!OBSERVED.has(event)) return
  const method = observer[event] as ((...details: readonly unknown[]) => void) | undefined
  method?.call(observer, ...details)
}
