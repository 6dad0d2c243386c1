// Little memory, and workers that hold on to it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Report, Scenario } from '../scenario.ts'
import { askWorker, deploy, lossesOf, openStage, serving, untilTrue } from '../runner/stage.ts'

const MEMORY_MB = 600
const IDLE_WORKERS = 24
/** With what a host has at rest more than it may have for long, and less than half of it. */
const BUSY_WORKERS = 7
const BUSY_MS = 25_000
const WITHIN_MS = 60_000

/** Holds some memory in its globals; `/busy` keeps the instance in use. */
const HOLDER = `
const held = Array.from({ length: 20 }, () => new Uint8Array(1024 * 1024).fill(1))
export default {
  async fetch(request) {
    if (request.url.endsWith('/busy')) await new Promise((resolve) => setTimeout(resolve, ${BUSY_MS}))
    return new Response(String(held.length))
  },
}`

export const scenario: Scenario = {
  name: 'memory-pressure',
  title: 'workers hold more memory than their host has',
  async run(): Promise<Report> {
    await using stage = await openStage({ hosts: 1, args: ['--memory-mb', String(MEMORY_MB)] })
    const { load, server } = stage
    const problems: string[] = []
    const ends = new Map<string, number>()
    const workers = Array.from({ length: IDLE_WORKERS }, (_, i) => ({ tenant: 'default', worker: `holder-${i}` }))
    for (const worker of workers) await deploy(server, worker, HOLDER, { start: 'on-demand' })
    for (let round = 0; round < 2; round++) {
      for (const worker of workers) {
        const { status, text } = await askWorker(server, worker)
        const end = status === 200 ? '200' : (/"code":"(\w+)"/.exec(text)?.[1] ?? `${status} ${text}`)
        ends.set(end, (ends.get(end) ?? 0) + 1)
      }
    }
    const wrong = [...ends.keys()].filter((end) => end !== '200' && end !== 'MEMORY_PRESSURE')
    if (wrong.length > 0) problems.push(`idle holders ended with ${wrong.join(', ')}`)
    const largestMb = Math.round(Math.max(...(await server.admin.hosts()).map((host) => host.rss_bytes)) / 1024 / 1024)
    const [old] = serving(await server.admin.hosts(), 'main')
    const busy = Promise.all(workers.slice(0, BUSY_WORKERS).map((worker) => askWorker(server, worker, '/busy')))
    const isReplaced = async (): Promise<boolean> => {
      const [host] = serving(await server.admin.hosts(), 'main')
      return host !== undefined && host.id !== old?.id
    }
    const replacedMs = await untilTrue(isReplaced, WITHIN_MS)
    if (replacedMs === undefined) problems.push('a host whose memory would not come down was not replaced')
    const statuses = (await busy).map(({ status, text }) => (status === 200 ? '200' : `${status} ${text}`))
    const lostBusy = statuses.filter((status) => status !== '200' && !status.includes('MEMORY_PRESSURE'))
    problems.push(...lostBusy.map((status) => `a busy request: ${status}`))
    await delay(1000)
    await load.stop()
    problems.push(...lossesOf(load.samples))
    const incidents = await server.admin.incidents()
    if (incidents.length > 0) problems.push(`hosts died: ${incidents.map(({ cause }) => cause).join(', ')}`)
    return {
      figures: {
        'idle holders': [...ends].map(([end, count]) => `${count} × ${end}`).join(', '),
        'largest host': `${largestMb} of ${MEMORY_MB / 2} MB`,
        replaced: replacedMs === undefined ? 'never' : `after ${Math.round(replacedMs / 1000)} s`,
        'busy requests': statuses.map((status) => status.slice(0, 3)).join(' '),
        requests: load.samples.length,
        lost: load.losses.length,
      },
      problems,
    }
  },
}
