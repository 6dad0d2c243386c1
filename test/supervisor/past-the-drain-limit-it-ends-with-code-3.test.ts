import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startFleet } from '../support/fleet.ts'

const SOURCE = `export default {
  async fetch(request, env, context) {
    console.log('begun')
    const never = new Promise((resolve) => setTimeout(resolve, 25_000))
    if (!request.url.endsWith('/wait-until')) await never
    else context.waitUntil(never)
    return new Response('answered')
  },
}`

for (const [what, tenant, path] of [
  ['a request', 'default', '/'],
  ['a request of a tenant on probation', 'newcomer', '/'],
  ['waitUntil', 'default', '/wait-until'],
] as const) {
  test(`${what} that is not finished in time is cut off, which is told`, async () => {
    await using fleet = await startFleet(['--drain-ms', '300'])
    const worker = { tenant, worker: 'app' }
    await fleet.deploy(worker, SOURCE)
    const asked = fleet.get(worker, path).catch(() => undefined)
    await fleet.serve.saw('begun')
    fleet.serve.signal('SIGTERM')
    assert.equal(await fleet.serve.ended, 3)
    assert.match(fleet.serve.output().stderr, /1 tasks were not finished in time and were cut off/)
    await asked
  })
}
