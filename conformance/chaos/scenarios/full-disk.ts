// The disk with the state is full: what must be written is refused, everything else goes on.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Report, type Scenario, skip } from '../scenario.ts'
import { askWorker, deploy, lossesOf, openStage, ROGUE, ROGUE_SOURCE, tryDeploy, untilTrue } from '../runner/stage.ts'

const DISK_MB = 8
const FULL_MS = 3000
const WITHIN_MS = 15_000
const BLOCK_BYTES = 4096
const LATE = { tenant: 'default', worker: 'late' }
/** Larger than what SQLite may have reserved. */
const LATE_SOURCE = `export default { fetch: () => new Response('late') } // ${'x'.repeat(200_000)}`

export const scenario: Scenario = {
  name: 'full-disk',
  title: 'the data folder has no room left',
  async run(): Promise<Report> {
    if (process.getuid?.() !== 0) return skip('only root can make a small disk')
    const folder = mkdtempSync(join(tmpdir(), 'isopod-chaos-disk-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder])
    if (mounted.status !== 0) {
      rmdirSync(folder)
      return skip(`a small disk cannot be mounted: ${mounted.stderr.toString().trim()}`)
    }
    try {
      return await onDisk(folder)
    } finally {
      spawnSync('umount', ['--lazy', folder])
      rmdirSync(folder)
    }
  },
}

async function onDisk(folder: string): Promise<Report> {
  await using stage = await openStage({ hosts: 1, args: ['--data', join(folder, 'data')] })
  const { load, server } = stage
  const problems: string[] = []
  await deploy(server, ROGUE, ROGUE_SOURCE)
  const filler = join(folder, 'filler')
  const filledBytes = fill(filler)
  const refusal = await tryDeploy(server, LATE, LATE_SOURCE)
  if (refusal?.code !== 'STORE_FAILED') problems.push(`a deploy to a full disk: ${JSON.stringify(refusal)}`)
  await askWorker(server, ROGUE, '/stuck')
  const isHeld = async (): Promise<boolean> => (await server.admin.quarantine()).length === 1
  if ((await untilTrue(isHeld, WITHIN_MS)) === undefined) problems.push('nobody was held back')
  const held = await askWorker(server, ROGUE)
  if (!held.text.includes('QUARANTINED')) problems.push(`who was held back answered ${held.status} ${held.text}`)
  await delay(FULL_MS)
  rmSync(filler)
  await deploy(server, LATE, LATE_SOURCE).catch((error: unknown) => problems.push(`with room again: ${String(error)}`))
  const late = await askWorker(server, LATE)
  if (late.text !== 'late') problems.push(`deployed with room again, it answers ${late.status} ${late.text}`)
  await load.stop()
  problems.push(...lossesOf(load.samples))
  return {
    figures: {
      filled: `${Math.round(filledBytes / 1024)} KiB`,
      refused: refusal?.code ?? 'nothing',
      requests: load.samples.length,
      lost: load.losses.length,
    },
    problems,
  }
}

function fill(path: string): number {
  const file = openSync(path, 'w')
  const block = Buffer.alloc(BLOCK_BYTES)
  let bytes = 0
  try {
    for (;;) bytes += writeSync(file, block)
  } catch {
    return bytes
  } finally {
    closeSync(file)
  }
}
