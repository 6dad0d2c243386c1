import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'
import { hostsOf } from '../support/hosts-of.ts'

const BUSY = { tenant: 'default', worker: 'busy' }
const CONNECTIONS = 24

test('a worker that is asked for again and again is loaded wherever its requests arrive', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  await fleet.deploy(BUSY, answering('here'))
  assert.equal((await hostsOf(fleet, 'busy')).length, 1)
  while ((await hostsOf(fleet, 'busy')).length < 2) {
    const answers = Array.from({ length: CONNECTIONS }, () => fleet.get(BUSY))
    for (const { text } of await Promise.all(answers)) assert.equal(text, 'here')
  }
})
