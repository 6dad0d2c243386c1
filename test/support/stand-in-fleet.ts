// A fleet of processes that speak a host's part and serve nothing: what happens in what order is in the test's hand.
import { join } from 'node:path'
import { Fleet } from '../../src/supervisor/fleet.ts'
import { holdTcp } from '../../src/supervisor/sockets.ts'
import type { HostStatus } from '../../src/wire/host-status.ts'
import type { Incident } from '../../src/wire/incident.ts'
import type { HostConfig } from '../../src/wire/supervisor-messages.ts'

const PROGRAM = join(import.meta.dirname, '..', 'fixtures', 'stand-in-host', 'index.mjs')

export interface StandInFleet extends AsyncDisposable {
  readonly fleet: Fleet
  readonly incidents: readonly Incident[]
  readonly told: readonly string[]
  /** What watchdogs warned of, in order. */
  readonly alarms: readonly string[]
  /** Hosts of a state, oldest first. */
  hosts(state: string): HostStatus[]
}

export interface StandInOptions {
  /** Code that each process runs; see the fixture. */
  readonly code?: string
  readonly mainHosts?: number
  readonly spares?: number
}

export async function startStandInFleet(options: StandInOptions = {}): Promise<StandInFleet> {
  const { code = '', mainHosts = 1, spares = 1 } = options
  const socket = await holdTcp('127.0.0.1', 0)
  const incidents: Incident[] = []
  const told: string[] = []
  const alarms: string[] = []
  const fleet = new Fleet(
    {
      command: { command: process.execPath, args: [PROGRAM, code], env: {}, cwd: '/' },
      sandbox: { ending: (exitCode, signal) => ({ code: exitCode, signal }), programPid: (pid) => pid },
      config: {} as HostConfig,
      tiers: { main: { count: mainHosts, socket }, probation: { count: 0, socket: undefined } },
      drainLimitMs: 1000,
      spares,
    },
    {
      incident: (incident) => void incidents.push(incident),
      alarm: (host, version) => void alarms.push(`host ${host}: version ${version}`),
      recovered: (host) => void alarms.push(`host ${host}: recovered`),
      admit: () => undefined,
      dismiss: () => undefined,
      tell: (message) => void told.push(message),
      output: (_fd, chunk) => void process.stderr.write(chunk),
    },
  )
  return {
    fleet,
    incidents,
    told,
    alarms,
    hosts: (state) => fleet.status().filter((host) => host.state === state),
    async [Symbol.asyncDispose]() {
      fleet.stop()
      socket[Symbol.dispose]()
    },
  }
}
