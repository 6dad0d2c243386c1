import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { setQuota } from '../support/quotas.ts'

const BUSY = { tenant: 'busy', worker: 'app' }
const NEIGHBOUR = { tenant: 'quiet', worker: 'app' }
const SOURCE = `export default {
  fetch() {
    let sum = 0
    for (let i = 0; i < 1e6; i++) sum = (sum * 31 + i) % 1000003
    return new Response(String(sum))
  },
}`

test('a tenant that has used its CPU time of a minute is refused, with the time to wait', async () => {
  await using fleet = await startFleet(['--trusted-tenants', 'quiet'])
  await fleet.deploy(BUSY, SOURCE)
  await fleet.deploy(NEIGHBOUR, answering('here'))
  await setQuota(fleet, 'busy', { cpuMsPerMinute: 20 })
  assert.equal((await fleet.get(BUSY)).status, 200)
  const refused = await eventually(
    () => fleet.get(BUSY),
    ({ status }) => status !== 200,
  )
  assert.equal(refused.status, 429)
  const seconds = Number(refused.headers['retry-after'])
  assert.ok(seconds >= 1 && seconds <= 60)
  assert.match(refused.text, /cpuMsPerMinute.*20 ms of CPU time in a minute, and [\d.]+ ms were used/)
  assert.equal((await fleet.get(NEIGHBOUR)).text, 'here')
})
