import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'
import { hostsOf } from '../support/hosts-of.ts'

const RARE = { tenant: 'default', worker: 'rare' }
const CONNECTIONS = 12

test('a deploy loads the new version in the home alone, and when it is over every host answers with it', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  for (const version of ['first', 'second', 'third']) {
    await fleet.deploy(RARE, answering(version))
    const answers = Array.from({ length: CONNECTIONS }, () => fleet.get(RARE))
    for (const { text } of await Promise.all(answers)) assert.equal(text, version)
    assert.equal((await hostsOf(fleet, 'rare')).length, 1)
  }
})
