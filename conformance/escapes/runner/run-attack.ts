// One attack against a stage: deploys it, sends it, watches what it does to everybody, and cleans up after it.
import { setTimeout as delay } from 'node:timers/promises'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import type { Attack, Ending, Exchange, StageEnv } from '../attack.ts'
import type { Incident, Quarantined, Refusal, WorkerAddress } from '../../support/admin-client.ts'
import { sendRequest } from './exchange.ts'
import { type HostDeath, watchIncidents } from './incident-watch.ts'
import type { NamedAttack } from './load-attacks.ts'
import { ORIGIN_ADDRESS } from './origins.ts'
import { askNeighbour, hostHeader, NEIGHBOUR, type Stage } from './stage.ts'
import type { VictimReport } from './victim.ts'

/** For all that is sent: the longest a client is kept waiting. All bounds together keep an attack under 20 s. */
const SEND_LIMIT_MS = 8000
/** At least as long the victim is watched: 200 of its requests make a 99th percentile. */
const LEAST_WATCH_MS = 1000
/** A death that is expected may be reported after the answer it caused. */
const INCIDENT_LIMIT_MS = 2000
const BACK_LIMIT_MS = 5000
const BACK_POLL_MS = 20

export interface Measurement {
  readonly attack: NamedAttack
  readonly tier: Stage['tier']
  /** Of every exchange, or of the deploy where nothing could be sent. */
  readonly endings: readonly Ending[]
  readonly refusal: Refusal
  /** Until the slowest exchange was over; where the host died, until that was known. */
  readonly containedMs: number
  readonly deaths: readonly Incident[]
  readonly quarantined: readonly Quarantined[]
  readonly address: WorkerAddress
  readonly victim: VictimReport
  readonly quietP99Ms: number
  /** Until the host (or the one in its place) served again; undefined where it did not. */
  readonly backMs: number | undefined
  /** What the neighbour answered at last instead of what it should. */
  readonly neighbour: string | undefined
  /** What the attack's own check found. */
  readonly problem: string | undefined
}

let tenants = 0

export async function runAttack(stage: Stage, attack: NamedAttack): Promise<Measurement> {
  const { server, origins, victim } = stage
  const { admin } = server
  tenants += 1
  const address = { tenant: `tenant-${tenants}`, worker: 'attack' }
  if (stage.tier === 'main') await admin.vouch(address.tenant)
  origins.takeBaitHits()
  origins.takeOriginHits()
  const outputBefore = server.output().length
  const incidents = await watchIncidents(admin, () => hasAllHosts(stage))
  const startedMs = performance.now()

  const signal = AbortSignal.timeout(SEND_LIMIT_MS)
  const { refusal, exchanges, sentMs } = await play(stage, attack, { address, signal })
  const slowestMs = Math.max(0, ...exchanges.map(({ tookMs }) => tookMs))
  const answeredMs = refusal === undefined ? slowestMs : performance.now() - sentMs
  await delay(Math.max(attack.lingersMs ?? 0, LEAST_WATCH_MS - (performance.now() - startedMs)))
  if (attack.expect.host === 'dies') await incidents.first(INCIDENT_LIMIT_MS)
  const deaths = await incidents.stop()
  const { backMs, neighbour } = await waitUntilBack(stage, deaths, incidents.backMs)
  const evidence = {
    exchanges,
    bodies: exchanges.map(({ responses }) => responses[0]?.body ?? ''),
    baitHits: origins.takeBaitHits(),
    originHits: origins.takeOriginHits(),
    serverOutput: server.output().slice(outputBefore),
  }
  const measurement: Measurement = {
    attack,
    tier: stage.tier,
    endings: refusal === undefined ? [...new Set(exchanges.map(({ ending }) => ending))] : ['refusedDeploy'],
    refusal,
    containedMs: deaths[0] === undefined ? answeredMs : deaths[0].seenMs - sentMs,
    deaths: deaths.map(({ incident }) => incident),
    quarantined: await admin.quarantine(),
    address,
    victim: await victim.report(startedMs),
    quietP99Ms: stage.quietP99Ms,
    backMs,
    neighbour,
    problem: exchanges.length > 0 ? attack.verify?.(evidence) : undefined,
  }
  await cleanUp(stage, measurement)
  return measurement
}

interface Played {
  readonly refusal: Refusal
  readonly exchanges: readonly Exchange[]
  readonly sentMs: number
}

async function play(
  stage: Stage,
  attack: Attack,
  { address, signal }: { readonly address: WorkerAddress; readonly signal: AbortSignal },
): Promise<Played> {
  const { server } = stage
  const deployedMs = performance.now()
  const refusal = await server.admin.deploy(address, versionOf(stage, attack), signal).catch(toRefusal)
  if (refusal !== undefined) return { refusal, exchanges: [], sentMs: deployedMs }
  const sentMs = performance.now()
  const target = {
    port: server.dataPort,
    host: hostHeader(server, address),
    neighbour: hostHeader(server, NEIGHBOUR),
    signal,
  }
  const exchanges: Exchange[] = []
  for (const request of attack.requests ?? [{}]) exchanges.push(...(await sendRequest(target, request)))
  return { refusal, exchanges, sentMs }
}

/** An admin API that does not answer has refused too; `judge.ts` tells by the code. */
function toRefusal(error: Error): Refusal {
  return { status: 0, code: 'NO_ANSWER', message: error.message }
}

function versionOf({ server, origins }: Stage, attack: Attack): object {
  const stageEnv: StageEnv = {
    BAIT_PORT: origins.baitPort,
    ORIGIN: `http://${ORIGIN_ADDRESS}:${origins.originPort}`,
    ADMIN_PORT: server.adminPort,
    DATA_PORT: server.dataPort,
  }
  const bundle = bundleSource(attack.source)
  return {
    bundle: attack.forge?.(bundle) ?? bundle,
    env: { ...stageEnv, ...attack.env },
    start: attack.start ?? 'now',
    ...(attack.mode === undefined ? {} : { mode: attack.mode }),
    ...(attack.limits === undefined ? {} : { limits: attack.limits }),
  }
}

/** Where no host died, what is left to see is that the neighbour answers. */
async function waitUntilBack(
  stage: Stage,
  deaths: readonly HostDeath[],
  knownMs: number | undefined,
): Promise<Pick<Measurement, 'backMs' | 'neighbour'>> {
  const sinceMs = deaths.at(-1)?.seenMs ?? performance.now()
  const deadlineMs = performance.now() + BACK_LIMIT_MS
  for (;;) {
    const neighbour = await askNeighbour(stage)
    const isBack = neighbour === undefined && (deaths.length === 0 || (await hasAllHosts(stage)))
    if (isBack) return { backMs: (knownMs ?? performance.now()) - sinceMs, neighbour: undefined }
    if (performance.now() > deadlineMs) return { backMs: undefined, neighbour }
    await delay(BACK_POLL_MS)
  }
}

async function hasAllHosts({ server, tier, hostCount }: Stage): Promise<boolean> {
  const hosts = await server.admin.hosts()
  return hosts.filter((host) => host.tier === tier && host.state === 'serving').length >= hostCount
}

async function cleanUp({ server: { admin }, tier }: Stage, { address, quarantined }: Measurement): Promise<void> {
  await admin.remove(address)
  await Promise.all(quarantined.map((worker) => admin.lift(worker)))
  // An abort on a main host makes suspects of all who were there; the next attack starts as if nothing had been.
  if (tier === 'main') await admin.vouch('default')
}
