// Ten minutes (`--quick`: one) of everything at once, deploys among it, in pools too small for all workers: what the processes
// hold after the first minute and at the end, and what is left of it all when everybody has gone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../../../src/client/client.ts'
import { footprint, type ProcessFootprint, type Role, totalMb } from '../footprint.ts'
import { type Measurement, measurement } from '../result.ts'
import { startIsopodServer } from '../servers/isopod-server.ts'
import { countLeftovers, type Leftovers, leftoversOf } from '../soak/leftovers.ts'
import { startSoakLoad, type Tally } from '../soak/soak-load.ts'
import { deployAgain, deployAll, SOAKED, TRUSTED_TENANTS } from '../soak/soak-workers.ts'
import { median } from '../statistics.ts'
import type { Suite } from '../suite.ts'

/** For all hosts together; each of the three has a place for 25 of the 40 or so workers that it meets. */
const POOL_SIZE = 75
/** Until every kind of task was there, and whatever is opened once is open. */
const WARM_UP_MS = 10_000
const DEPLOY_EVERY_S = 5
const SAMPLE_MS = 1000
/** The first samples that count begin here; the last ones end with the load. */
const WARM_S = { full: 60, quick: 15 } as const
const LASTS_S = { full: 600, quick: 60 } as const
const WINDOW_S = 10
const MAX_GROWTH = 1.1
/** Instances are collected when idle, at most this long after their last task, and as long once more. */
const COLLECTED_WITHIN_MS = 61_000

export const soak: Suite = async ({ quick }) => {
  const pace = quick ? 'quick' : 'full'
  const folder = mkdtempSync(join(tmpdir(), 'isopod-bench-soak-'))
  const sizes = ['--hosts', '2', '--pool-size', String(POOL_SIZE)]
  await using server = await startIsopodServer(
    [...sizes, '--data', folder, '--trusted-tenants', TRUSTED_TENANTS.join(',')],
    { isQuiet: true },
  )
  await deployAll(server.admin)
  const hostsBefore = await hostPids(server.admin)
  const warmUp = startSoakLoad(server.port)
  await pause(WARM_UP_MS)
  await warmUp.stop()
  await quiet(server.admin)
  const filesBefore = openFiles(footprint(server.pid))
  const load = startSoakLoad(server.port)
  const samples: (readonly ProcessFootprint[])[] = []
  const deploys: Promise<void>[] = []
  for (let second = 1; second <= LASTS_S[pace]; second += 1) {
    await pause(SAMPLE_MS)
    samples.push(footprint(server.pid))
    const worker = SOAKED[deploys.length % SOAKED.length]
    if (second % DEPLOY_EVERY_S === 0 && worker !== undefined) deploys.push(deployAgain(server.admin, worker, second))
  }
  await Promise.all(deploys)
  await load.stop()
  const left = await quiet(server.admin)
  await pause(COLLECTED_WITHIN_MS)
  const after = footprint(server.pid)
  const filesAfter = openFiles(after)
  const hostsAfter = await hostPids(server.admin)
  const { incidents } = await server.admin.incidents()
  const { evictions } = await server.admin.pool()
  rmSync(folder, { recursive: true, force: true })
  return [
    ...residents(samples, { after, from: WARM_S[pace] }),
    measurement('soak/left-under-way', [countLeftovers(left)], { unit: '', atMost: 0, details: { ...left } }),
    measurement('soak/more-open-files', [sumOf(filesAfter) - sumOf(filesBefore)], {
      unit: 'in all processes',
      atMost: 0,
      details: differences(filesAfter, filesBefore),
    }),
    measurement('soak/hosts-replaced', [hostsBefore.filter((pid) => !hostsAfter.includes(pid)).length], {
      unit: '',
      atMost: 0,
      details: { incidents: incidents.length },
    }),
    lostOf(load.tally, { evictions, deploys: deploys.length }),
  ]
}

function residents(
  samples: readonly (readonly ProcessFootprint[])[],
  { after, from }: { readonly after: readonly ProcessFootprint[]; readonly from: number },
): readonly Measurement[] {
  const first = samples.slice(from - WINDOW_S / 2, from + WINDOW_S / 2)
  const last = samples.slice(-WINDOW_S)
  const inMb = (window: typeof samples, role?: Role): number => median(window.map((each) => totalMb(each, role)))
  const byRole = (window: typeof samples): Readonly<Record<string, number>> => ({
    hosts: inMb(window, 'host'),
    control: inMb(window, 'control'),
    supervisor: inMb(window, 'supervisor'),
  })
  const baseline = 'soak/resident-first'
  return [
    measurement(baseline, [inMb(first)], { unit: 'MB', details: byRole(first) }),
    measurement('soak/resident-last', [inMb(last)], {
      unit: 'MB',
      ratios: [{ baseline, ratio: inMb(last) / inMb(first), atMost: MAX_GROWTH }],
      details: byRole(last),
    }),
    measurement('soak/resident-after', [inMb([after])], {
      unit: 'MB',
      ratios: [{ baseline, ratio: inMb([after]) / inMb(first) }],
      details: byRole([after]),
    }),
  ]
}

function lostOf({ lost, losses, requests, restarted }: Tally, details: Readonly<Record<string, number>>): Measurement {
  for (const loss of losses) process.stderr.write(`soak: lost ${loss}\n`)
  return measurement('soak/lost', [lost], {
    unit: `of ${requests} requests`,
    atMost: 0,
    details: { ...details, restarted },
  })
}

/** What is left when nothing of it goes away any more. */
async function quiet(admin: Client): Promise<Leftovers> {
  const giveUpAt = performance.now() + COLLECTED_WITHIN_MS
  let left = await leftoversOf(admin)
  while (countLeftovers(left) > 0 && performance.now() < giveUpAt) {
    await pause(SAMPLE_MS)
    left = await leftoversOf(admin)
  }
  return left
}

/** Of those that serve; a spare may come and go. */
async function hostPids(admin: Client): Promise<readonly number[]> {
  const { hosts } = await admin.hosts()
  return hosts.filter(({ tier }) => tier !== null).map(({ pid }) => pid)
}

type Counts = Readonly<Partial<Record<Role, number>>>

function openFiles(processes: readonly ProcessFootprint[]): Counts {
  const counts: Partial<Record<Role, number>> = {}
  for (const { openFiles: count, role } of processes)
    if (role !== 'compiler') counts[role] = (counts[role] ?? 0) + count
  return counts
}

function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

function differences(after: Counts, before: Counts): Readonly<Record<string, number>> {
  return { hosts: (after.host ?? 0) - (before.host ?? 0), control: (after.control ?? 0) - (before.control ?? 0) }
}
