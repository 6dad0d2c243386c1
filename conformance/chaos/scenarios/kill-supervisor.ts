// kill -9 of the supervisor: nothing of it may stay, and the same command serves again at once.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Report, Scenario } from '../scenario.ts'
import { alive, familyOf, kill, type ProcessId } from '../runner/processes.ts'
import { askWorker, deploy, loadOn, ROGUE, ROGUE_SOURCE, spread, untilTrue, VICTIM } from '../runner/stage.ts'
import { VICTIM_SOURCE } from '../runner/load.ts'
import { type Server, startServer } from '../../support/server.ts'

const GONE_WITHIN_MS = 2000
const STUCK_FOR_MS = 100

/** What is under way in the moment it is killed. */
const MOMENTS: Readonly<Record<string, (server: Server) => Promise<void>>> = {
  'under load': () => delay(500),
  'while a worker is stuck': async (server) => {
    void askWorker(server, ROGUE, '/stuck')
    await delay(STUCK_FOR_MS)
  },
  'while hosts are being started': async (server) => {
    process.kill(server.pid, 'SIGHUP')
    for (const { pid } of await server.admin.hosts()) kill(pid)
    await delay(STUCK_FOR_MS)
  },
}

export const scenario: Scenario = {
  name: 'kill-supervisor',
  title: 'kill -9 of the supervisor, and the same command again at once',
  async run(): Promise<Report> {
    const data = mkdtempSync(join(tmpdir(), 'isopod-chaos-data-'))
    const args = ['--data', data]
    // Folders of other servers on this machine are not looked at.
    const temporary = mkdtempSync(join(tmpdir(), 'isopod-chaos-tmp-'))
    const wrapper = ['env', `TMPDIR=${temporary}`]
    const problems: string[] = []
    const goneMs: number[] = []
    const backMs: number[] = []
    let server = await startServer({ hosts: 2, args, wrapper })
    try {
      await deploy(server, VICTIM, VICTIM_SOURCE)
      await deploy(server, ROGUE, ROGUE_SOURCE)
      const ports = { data: server.dataPort, admin: server.adminPort }
      for (const [moment, begin] of Object.entries(MOMENTS)) {
        const load = loadOn(server)
        await begin(server)
        const family = familyOf(server.pid)
        const killedMs = performance.now()
        kill(server.pid)
        const gone = familyGone(family, killedMs)
        const next = await startServer({ hosts: 2, args, ports, wrapper })
        await load.stop()
        const took = await gone
        if (took === undefined) problems.push(`${moment}: still there: ${names(alive(family))}`)
        else goneMs.push(took)
        await server[Symbol.asyncDispose]()
        server = next
        const { status, text } = await askWorker(server, VICTIM)
        if (status === 200) backMs.push(performance.now() - killedMs)
        else problems.push(`${moment}: started again, it answers ${status} ${text}`)
      }
    } finally {
      await server[Symbol.asyncDispose]()
      rmSync(data, { recursive: true, force: true })
    }
    const left = readdirSync(temporary)
    if (left.length > 0) problems.push(`left in the folder for temporary files: ${left.join(', ')}`)
    rmSync(temporary, { recursive: true, force: true })
    return { figures: { kills: goneMs.length, 'all gone': spread(goneMs), 'serves again': spread(backMs) }, problems }
  },
}

async function familyGone(family: readonly ProcessId[], sinceMs: number): Promise<number | undefined> {
  const took = await untilTrue(() => Promise.resolve(alive(family).length === 0), GONE_WITHIN_MS)
  return took === undefined ? undefined : performance.now() - sinceMs
}

function names(processes: readonly ProcessId[]): string {
  return processes.map(({ commandLine, pid }) => `${pid} ${commandLine.slice(-60)}`).join(', ')
}
