import { inEveryMode } from '../support/modes.ts'
import { until } from '../support/until.ts'

const EVERYTHING = `export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    switch (pathname) {
      case '/0': return new Response('at once')
      case '/1': setInterval(() => {}, 1); return new Response('interval')
      case '/2': ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 2))); return new Response('later')
      case '/3': throw new Error('thrown')
      case '/4': return new Response(request.body)
      case '/5': return new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(1000)); c.close() } }))
      case '/6': return Response.json((await request.text()).length)
      case '/7': await new Promise(() => setInterval(() => {}, 5))
      case '/8': await Promise.all(Array.from({ length: 50 }, () => new Promise((resolve) => setTimeout(resolve, 1)))); return new Response('timers')
      case '/9': Promise.reject(new Error('nobody')); return new Response('rejected')
    }
  },
  async scheduled() {},
  execute: (input) => input,
}`

/** What keeps the process alive. */
function resources(): string {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Immediate')
    .toSorted()
    .join()
}

inEveryMode(
  'after many tasks of all kinds no operation, run, timer or handle is left',
  async ({ load, fetch, runtime, records }) => {
    await load('everything', EVERYTHING)
    await fetch('everything', '/0')
    const before = resources()
    const tasks: Promise<unknown>[] = []
    for (let round = 0; round < 3; round++) {
      for (let kind = 0; kind < 10; kind++) {
        const body = kind === 4 || kind === 6 ? 'x'.repeat(100_000) : undefined
        tasks.push(fetch('everything', `/${kind}`, body === undefined ? {} : { method: 'POST', body }))
      }
      tasks.push(runtime.dispatch('everything', { type: 'scheduled', cron: '* * * * *', scheduledTimeMs: 0 }))
      tasks.push(runtime.dispatch('everything', { type: 'execute', input: [1] }))
      const leaver = new AbortController()
      const request = { method: 'GET', url: 'http://everything.localhost/7', headers: [] }
      tasks.push(runtime.dispatch('everything', { type: 'fetch', request }, { signal: leaver.signal }))
      leaver.abort()
    }
    await Promise.all(tasks)
    await until(() => records.length === 1 + tasks.length)
    const isQuiet = (): boolean =>
      runtime.stats().entries.every(({ running, queueDepth, openOps }) => running + queueDepth + openOps === 0)
    await until(() => isQuiet() && runtime.stats().waiting === 0)
    await until(() => resources() === before)
  },
  { limits: { wallMs: 300, waitUntilMs: 50, cpuMs: 1000 } },
)
