// A server with 10,000 deployed workers that is started anew, beside one with 100: until its first answer, what its processes
// hold, the first request of a worker nobody has asked for yet, and a deploy.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import { processTreeCpuUs } from '../cpu.ts'
import { FILLED_TENANTS, filledStore, nameOf } from '../filled-store.ts'
import { footprint, type ProcessFootprint } from '../footprint.ts'
import { smallWorker } from '../generated-worker.ts'
import { LoadGenerator } from '../load/load-generator.ts'
import type { LoadReport, Target } from '../load/plan.ts'
import { type Measurement, measurement } from '../result.ts'
import { type IsopodServer, startIsopodServer } from '../servers/isopod-server.ts'
import { median } from '../statistics.ts'
import type { Suite, SuiteOptions } from '../suite.ts'

const FEW = 100
const MANY = 10_000
const WARM = 100
const STARTS_WITHIN_MS = 5000
/** Until the processes have read what they read when they start, and the spare is there. */
const SETTLES_MS = 5000
/** The reserve is refilled meanwhile. */
const REST_MS = 40

interface Seen {
  readonly firstAnswerMs: readonly number[]
  readonly startCpuMs: readonly number[]
  readonly controlMb: number
  readonly hostMb: number
  readonly warmHostMb: number
  readonly unseen: LoadReport
  readonly deployMs: readonly number[]
  readonly reloadMs: number
}

export const manyWorkers: Suite = async (options) => {
  const few = await look(FEW, options)
  const many = await look(MANY, options)
  const perWorker = (mb: number): number => (mb * 1024) / (MANY - FEW)
  return [
    ...beside('first-answer', 'ms', { few: few.firstAnswerMs, many: many.firstAnswerMs, atMost: STARTS_WITHIN_MS }),
    // On a busy machine the one that can be compared.
    ...beside('start', 'ms of CPU', { few: few.startCpuMs, many: many.startCpuMs }),
    ...beside('control', 'MB', { few: [few.controlMb], many: [many.controlMb] }),
    ...beside('host', 'MB', { few: [few.hostMb], many: [many.hostMb] }),
    ...beside(`host-with-${WARM}-warm`, 'MB', { few: [few.warmHostMb], many: [many.warmHostMb] }),
    measurement('many-workers/idle-worker-in-control', [perWorker(many.controlMb - few.controlMb)], { unit: 'KB' }),
    measurement('many-workers/idle-worker-in-host', [perWorker(many.hostMb - few.hostMb)], { unit: 'KB' }),
    ...beside('unseen-worker', 'ms', { few: [few.unseen.p50Ms], many: [many.unseen.p50Ms] }),
    ...beside('unseen-worker-p99', 'ms', { few: [few.unseen.p99Ms], many: [many.unseen.p99Ms] }),
    ...beside('deploy', 'ms', { few: few.deployMs, many: many.deployMs }),
    ...beside('reload', 'ms', { few: [few.reloadMs], many: [many.reloadMs] }),
  ]
}

interface Samples {
  readonly few: readonly number[]
  readonly many: readonly number[]
  readonly atMost?: number
}

function beside(name: string, unit: string, { atMost, few, many }: Samples): readonly Measurement[] {
  const baseline = `many-workers/${name}-of-${FEW}`
  return [
    measurement(baseline, few, { unit }),
    measurement(`many-workers/${name}-of-${MANY}`, many, {
      unit,
      atMost,
      ratios: [{ baseline, ratio: median(many) / median(few) }],
    }),
  ]
}

async function look(workers: number, { quick }: SuiteOptions): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'isopod-bench-many-'))
  filledStore(join(folder, 'isopod.db'), { workers, bundle: (number) => bundleSource(smallWorker(number)) }).store[
    Symbol.dispose
  ]()
  using load = new LoadGenerator()
  const args = ['--data', folder, '--trusted-tenants', FILLED_TENANTS.join(',')]
  const firstAnswerMs: number[] = []
  const startCpuMs: number[] = []
  for (let start = 1; start < (quick ? 2 : 5); start += 1) {
    await using _server = await startAndAsk(args, { load, firstAnswerMs, startCpuMs })
  }
  await using server = await startAndAsk(args, { load, firstAnswerMs, startCpuMs })
  await pause(SETTLES_MS)
  const idle = footprint(server.pid)
  const unseen = await askEach(server, load, { from: 1, to: WARM - 1 })
  const warm = footprint(server.pid)
  const deployMs: number[] = []
  for (let time = 0; time < (quick ? 10 : 30); time += 1) {
    const bundle = bundleSource(smallWorker(MANY + time))
    deployMs.push(await timed(() => server.admin.deploy(nameOf(MANY + time), { bundle })))
  }
  const reloadMs = await timed(() => server.admin.reload())
  rmSync(folder, { recursive: true, force: true })
  return {
    firstAnswerMs,
    startCpuMs,
    unseen,
    deployMs,
    reloadMs,
    controlMb: largest(idle, 'control'),
    hostMb: median(hostsIn(idle)),
    warmHostMb: largest(warm, 'host'),
  }
}

interface Started {
  readonly load: LoadGenerator
  /** Of all starts; this one's is added. */
  readonly firstAnswerMs: number[]
  readonly startCpuMs: number[]
}

async function startAndAsk(
  args: readonly string[],
  { firstAnswerMs, load, startCpuMs }: Started,
): Promise<IsopodServer> {
  const startedMs = performance.now()
  const server = await startIsopodServer(args)
  await askEach(server, load, { from: 0, to: 0 })
  firstAnswerMs.push(performance.now() - startedMs)
  startCpuMs.push(processTreeCpuUs(server.pid) / 1000)
  return server
}

/** One connection asks some workers one after the other: whichever host has accepted it runs them all. */
function askEach(
  { port }: IsopodServer,
  load: LoadGenerator,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<LoadReport> {
  const targets = Array.from({ length: to - from + 1 }, (_, index) => target(from + index))
  const order = { type: 'turns' } as const
  return load.run({ port, targets, order, connections: 1, requests: targets.length, restMs: REST_MS })
}

function target(number: number): Target {
  const { tenant, worker } = nameOf(number)
  return { host: `${worker}.${tenant}.localhost`, path: '/path', body: `Hello from worker ${number} at /path` }
}

function hostsIn(processes: readonly ProcessFootprint[]): readonly number[] {
  return processes.filter(({ role }) => role === 'host').map(({ residentMb }) => residentMb)
}

function largest(processes: readonly ProcessFootprint[], role: ProcessFootprint['role']): number {
  return Math.max(...processes.filter((each) => each.role === role).map(({ residentMb }) => residentMb))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}
