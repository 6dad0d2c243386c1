// The server is told to end while requests, streams and what outlives them run.
import { setTimeout as delay } from 'node:timers/promises'
import type { Report, Scenario } from '../scenario.ts'
import { askWorker, deploy } from '../runner/stage.ts'
import { type Ending, type Server, startServer } from '../../support/server.ts'

const WORK = { tenant: 'default', worker: 'work' }
/** On probation: its requests go through a main host. */
const SENT_ON = { tenant: 'newcomer', worker: 'work' }
const UNDER_WAY_MS = 300
const PATHS = ['/slow', '/stream', '/wait-until']

const SOURCE = `
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    if (pathname === '/never') await sleep(25_000)
    if (pathname === '/wait-until') {
      context.waitUntil(sleep(1500).then(() => console.log('waitUntil is done')))
      return new Response('waits')
    }
    if (pathname !== '/stream') {
      await sleep(1500)
      return new Response('slow')
    }
    const { readable, writable } = new TransformStream()
    void (async () => {
      const writer = writable.getWriter()
      for (const word of ['one ', 'two ', 'three']) {
        await writer.write(new TextEncoder().encode(word))
        await sleep(500)
      }
      await writer.close()
    })()
    return new Response(readable)
  },
}`
const WANTED: Readonly<Record<string, string>> = { '/slow': 'slow', '/stream': 'one two three', '/wait-until': 'waits' }

export const scenario: Scenario = {
  name: 'drain',
  title: 'SIGTERM while work is under way',
  async run(): Promise<Report> {
    const problems: string[] = []
    const inTime = await end({ paths: PATHS, args: [], signals: 1 })
    for (const { path, text } of inTime.answers) {
      if (text !== WANTED[path]) problems.push(`${path} was answered with ${text}`)
    }
    const done = inTime.output.split('waitUntil is done').length - 1
    if (done !== 2) problems.push(`${done} of 2 waitUntil were finished`)
    if (inTime.ending.code !== 0) problems.push(`all was finished, and it ended with ${JSON.stringify(inTime.ending)}`)
    const late = await end({ paths: ['/never'], args: ['--drain-ms', '1000'], signals: 1 })
    if (late.ending.code !== 3) problems.push(`past the limit it ended with ${JSON.stringify(late.ending)}`)
    if (!late.output.includes('were cut off')) problems.push('past the limit it did not say so')
    const twice = await end({ paths: ['/never'], args: [], signals: 2 })
    if (twice.ending.code !== 143) problems.push(`a second signal ended it with ${JSON.stringify(twice.ending)}`)
    return {
      figures: {
        finished: `${inTime.answers.length} in ${inTime.tookMs} ms`,
        'past the limit': `${late.tookMs} ms`,
        'second signal': `${twice.tookMs} ms`,
      },
      problems,
    }
  },
}

interface Ended {
  readonly ending: Ending
  readonly tookMs: number
  readonly output: string
  readonly answers: readonly { readonly path: string; readonly text: string }[]
}

async function end({
  args,
  paths,
  signals,
}: {
  readonly paths: readonly string[]
  readonly args: readonly string[]
  readonly signals: number
}): Promise<Ended> {
  await using server: Server = await startServer({ hosts: 1, args })
  for (const worker of [WORK, SENT_ON]) await deploy(server, worker, SOURCE)
  const asked = Promise.all(
    [WORK, SENT_ON].flatMap((worker) =>
      paths.map(async (path) => ({ path, text: (await askWorker(server, worker, path)).text })),
    ),
  )
  await delay(UNDER_WAY_MS)
  const startMs = performance.now()
  for (let sent = 0; sent < signals; sent++) {
    process.kill(server.pid, 'SIGTERM')
    await delay(UNDER_WAY_MS)
  }
  const ending = await server.ended
  const tookMs = Math.round(performance.now() - startMs)
  return { ending, tookMs, output: server.output(), answers: await asked }
}
