// Keeps the control process running. What it must not miss while it is away waits for it; what it accepts on is held by
// the supervisor, so that nobody notices a restart but by its length.
import { type ChildProcess, spawn } from 'node:child_process'
import { IsopodError } from '../errors.ts'
import {
  type Admission,
  type ControlConfig,
  type ControlToSupervisor,
  EXIT_DATA_IN_USE,
  type SupervisorToControl,
} from '../wire/control-process-messages.ts'
import type { HostStatus } from '../wire/host-status.ts'
import type { Incident } from '../wire/incident.ts'
import { Backoff } from './backoff.ts'
import type { HeldSocket } from './sockets.ts'

export interface ControlKeeperOptions {
  readonly program: string
  readonly config: ControlConfig
  readonly hostSocket: HeldSocket
  readonly kvSocket: HeldSocket
  readonly adminSocket: HeldSocket
}

export interface ControlKeeperEvents {
  hosts(): readonly HostStatus[]
  reload(): Promise<void>
  output(fd: 1 | 2, chunk: Uint8Array): void
  tell(message: string): void
}

/** Deaths before it was ever ready: the fault lies in the installation, or in the data folder. */
const MAX_FAILED_STARTS = 3
const MAX_WAITING = 1000

export class ControlKeeper {
  readonly #options: ControlKeeperOptions
  readonly #events: ControlKeeperEvents
  readonly #backoff = new Backoff()
  readonly #ready = Promise.withResolvers<void>()
  /** Incidents it has not noted, oldest first. */
  readonly #waiting: Incident[] = []
  readonly #admissions = new Map<string, Admission>()
  #child: ChildProcess | undefined
  #isReady = false
  #failedStarts = 0
  #isEnding = false

  constructor(options: ControlKeeperOptions, events: ControlKeeperEvents) {
    this.#options = options
    this.#events = events
    this.#start()
  }

  /** Resolves when it answers for the first time; rejects where it cannot be started. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  report(incident: Incident): void {
    if (this.#waiting.length >= MAX_WAITING) return
    this.#waiting.push(incident)
    if (this.#isReady) this.#send({ type: 'incident', incident })
  }

  /** Of no use later: what is not heard now is not told again. */
  alarm(host: number, version: number): void {
    if (this.#isReady) this.#send({ type: 'alarmed', host, version })
  }

  recovered(host: number): void {
    if (this.#isReady) this.#send({ type: 'recovered', host })
  }

  /** Told again to each control process there will be. */
  admit(admission: Admission): void {
    this.#admissions.set(admission.token, admission)
    this.#send({ type: 'admit', admission })
  }

  dismiss(token: string): void {
    this.#admissions.delete(token)
    this.#send({ type: 'dismiss', token })
  }

  stop(): void {
    this.#isEnding = true
    this.#child?.kill('SIGKILL')
  }

  #start(): void {
    const { adminSocket, config, hostSocket, kvSocket, program } = this.#options
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {},
    })
    this.#child = child
    child.stdout?.on('data', (chunk: Uint8Array) => this.#events.output(1, chunk))
    child.stderr?.on('data', (chunk: Uint8Array) => this.#events.output(2, chunk))
    child.on('message', (message: ControlToSupervisor) => void this.#receive(message))
    child.on('error', (error) => this.#events.tell(`control could not be started: ${error.message}`))
    child.on('close', (code, signal) => {
      if (code === EXIT_DATA_IN_USE) this.#ready.reject(dataInUse(config.dataFolder))
      this.#ended(signal ?? `code ${code}`)
    })
    this.#send({ type: 'configure', config }, hostSocket)
    this.#send({ type: 'kv' }, kvSocket)
    for (const admission of this.#admissions.values()) this.#send({ type: 'admit', admission })
    this.#send({ type: 'admin' }, adminSocket)
  }

  #ended(how: string): void {
    this.#isReady = false
    if (this.#isEnding) return
    this.#backoff.died(performance.now())
    this.#failedStarts += 1
    if (this.#failedStarts >= MAX_FAILED_STARTS) {
      this.#ready.reject(new Error(`control could not be started; it ended with ${how}`))
    }
    this.#events.tell(`control ended with ${how}; it is started again, and hosts go on meanwhile`)
    setTimeout(() => {
      if (!this.#isEnding) this.#start()
    }, this.#backoff.delayMs(performance.now()))
  }

  async #receive(message: ControlToSupervisor): Promise<void> {
    switch (message.type) {
      case 'ready':
        // Later it may be so: hosts go on, and there are ways to make a token.
        if (message.isLocked) this.#ready.reject(tokenRequired())
        this.#becomeReady()
        return
      case 'noted':
        this.#waiting.shift()
        return
      case 'hosts':
        this.#send({ type: 'hosts', ask: message.ask, hosts: this.#events.hosts() })
        return
      case 'reload':
        await this.#events.reload()
        this.#send({ type: 'reloaded', ask: message.ask })
    }
  }

  #becomeReady(): void {
    this.#isReady = true
    this.#failedStarts = 0
    for (const incident of this.#waiting) this.#send({ type: 'incident', incident })
    this.#ready.resolve()
  }

  #send(message: SupervisorToControl, socket?: HeldSocket): void {
    const child = this.#child
    if (child?.connected !== true) return
    child.send(message, socket?.handle as never, () => undefined)
  }
}

function tokenRequired(): IsopodError {
  const message =
    'The admin port would answer to tokens only, and there is none of an admin. Make one with "isopod tokens create --data <folder>", or give one by ISOPOD_ADMIN_TOKEN.'
  return new IsopodError('TOKEN_REQUIRED', message)
}

function dataInUse(folder: string): IsopodError {
  return new IsopodError('DATA_IN_USE', `The data folder ${folder} is in use by another server.`)
}
