// One worker is deployed again and again while it is asked.
import type { Report, Scenario, Wishes } from '../scenario.ts'
import { deploy, loadOn, lossesOf, slowest } from '../runner/stage.ts'
import { startServer, type Server } from '../../support/server.ts'
import { setTimeout as delay } from 'node:timers/promises'

const WORKER = { tenant: 'default', worker: 'swap' }
const SETTLE_MS = 8000
/** What a host may have kept, beyond what it had when it was as warm. */
const GROWTH_MB = 60

/** Says its number in two places: an answer made of two versions would show. */
function version(number: number): string {
  return `const number = ${number}
export default { async fetch(request) {
  if (request.url.endsWith('/slow')) await new Promise((resolve) => setTimeout(resolve, 40))
  return new Response(number + ' ' + ${number})
} }`
}

function judge(text: string, atLeast: number): string | undefined {
  const [first, second] = text.split(' ').map(Number)
  if (first !== second) return `a mixture: ${text}`
  return (first ?? -1) >= atLeast ? undefined : 'an older version than the newest acknowledged'
}

export const scenario: Scenario = {
  name: 'hot-swap',
  title: 'one worker deployed 1,000 times while it is asked',
  async run({ quick }: Wishes): Promise<Report> {
    const deploys = quick ? 200 : 1000
    await using server = await startServer({ hosts: 2 })
    let acknowledged = 0
    await deploy(server, WORKER, version(0))
    await using load = loadOn(server, { of: WORKER, judge, before: () => acknowledged })
    const warmUp = Math.round(deploys / 10)
    let beforeMb = 0
    const startMs = performance.now()
    for (let number = 1; number <= deploys; number++) {
      if (number === warmUp) beforeMb = await settledMb(server)
      await deploy(server, WORKER, version(number))
      acknowledged = number
    }
    const perDeployMs = (performance.now() - startMs - SETTLE_MS) / deploys
    await load.stop()
    const afterMb = await settledMb(server)
    const problems = lossesOf(load.samples)
    if (afterMb - beforeMb > GROWTH_MB) problems.push(`a host grew from ${beforeMb} to ${afterMb} MB`)
    if ((await server.admin.incidents()).length > 0) problems.push('there were incidents')
    const instances = (await server.admin.hosts()).map((host) => host.instances)
    return {
      figures: {
        deploys,
        each: `${perDeployMs.toFixed(1)} ms`,
        requests: load.samples.length,
        lost: load.losses.length,
        'largest host': `${beforeMb} MB after ${warmUp} deploys, ${afterMb} MB at the end`,
        instances: instances.join(' '),
        'slowest answer': `${slowest(load.samples)} ms`,
      },
      problems,
    }
  },
}

/** Resident memory of the largest host, once it comes to rest. */
async function settledMb(server: Server): Promise<number> {
  await delay(SETTLE_MS)
  return Math.round(Math.max(...(await server.admin.hosts()).map(({ rss_bytes: bytes }) => bytes)) / 1024 / 1024)
}
