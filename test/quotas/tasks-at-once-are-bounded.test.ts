import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { answering, startFleet, type TestFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const NEIGHBOUR = { tenant: 'quiet', worker: 'app' }
/** Its response never ends, or is there at once. */
const SOURCE = `export default {
  fetch(request) {
    if (new URL(request.url).pathname === '/') return new Response('here')
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }))
  },
}`

async function hold({ serve }: TestFleet): Promise<http.IncomingMessage> {
  const options = { port: serve.port, path: '/hold', headers: { host: 'app.localhost' }, agent: false }
  const [response] = (await once(http.get(options), 'response')) as [http.IncomingMessage]
  return response
}

test('as many tasks as the quota are under way at once, and the next comes when one has ended', async () => {
  await using fleet = await startFleet(['--trusted-tenants', 'default,quiet'], { hosts: 2 })
  await fleet.deploy(WORKER, SOURCE)
  await fleet.deploy(NEIGHBOUR, answering('here'))
  await setQuota(fleet, 'default', { concurrentTasks: 4 })
  const answers = await Promise.all(Array.from({ length: 24 }, () => hold(fleet)))
  const held = answers.filter(({ statusCode }) => statusCode === 200)
  const refused = answers.filter(({ statusCode }) => statusCode === 429)
  assert.equal(held.length + refused.length, 24)
  assert.ok(held.length > 0 && held.length <= 4, `${held.length} were taken`)
  for (const { headers } of refused) assert.equal(headers['retry-after'], '1')
  assert.equal((await fleet.get(NEIGHBOUR)).text, 'here')
  for (const answer of answers) answer.destroy()
  const after = await eventually(
    () => Promise.all(Array.from({ length: 2 }, () => fleet.get(WORKER))),
    (all) => all.every(({ status }) => status === 200),
  )
  assert.equal(after[0]?.text, 'here')
})
