// Every host is replaced, again and again, on demand.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Report, Scenario } from '../scenario.ts'
import { lossesOf, openStage, slowest, untilTrue } from '../runner/stage.ts'

const MAIN = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'main.ts')
const ROUNDS = 3
const WITHIN_MS = 30_000

export const scenario: Scenario = {
  name: 'reload',
  title: '`isopod reload` and SIGHUP, under load',
  async run(): Promise<Report> {
    await using stage = await openStage({ hosts: 2 })
    const { load, server } = stage
    const problems: string[] = []
    const idsOf = async (): Promise<number[]> => (await server.admin.hosts()).map(({ id }) => id)
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ['command', 'signal'] as const) {
        const before = Math.max(...(await idsOf()))
        if (kind === 'command') {
          await promisify(execFile)(process.execPath, [MAIN, 'reload', '--admin-port', String(server.adminPort)])
        } else {
          process.kill(server.pid, 'SIGHUP')
        }
        const isReplaced = async (): Promise<boolean> => {
          const ids = await idsOf()
          return ids.length === 4 && ids.every((id) => id > before)
        }
        if ((await untilTrue(isReplaced, WITHIN_MS)) === undefined)
          problems.push(`${kind}: not every host was replaced`)
      }
    }
    await load.stop()
    problems.push(...lossesOf(load.samples))
    if ((await server.admin.incidents()).length > 0) problems.push('there were incidents')
    return {
      figures: {
        reloads: 2 * ROUNDS,
        requests: load.samples.length,
        lost: load.losses.length,
        'slowest answer': `${slowest(load.samples)} ms`,
      },
      problems,
    }
  },
}
