import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'
import { hostsOf } from '../support/hosts-of.ts'

const WORKERS = Array.from({ length: 8 }, (_, number) => `rare-${number}`)
const CONNECTIONS = 12

test('a rarely used worker is loaded in its home host, wherever its requests arrive', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  for (const worker of WORKERS) await fleet.deploy({ tenant: 'default', worker }, answering(worker))
  for (const worker of WORKERS) {
    const answers = Array.from({ length: CONNECTIONS }, () => fleet.get({ tenant: 'default', worker }))
    for (const { text } of await Promise.all(answers)) assert.equal(text, worker)
  }
  const homes = new Set<number>()
  for (const worker of WORKERS) {
    const hosts = await hostsOf(fleet, worker)
    assert.equal(hosts.length, 1, `${worker} is in hosts ${hosts.join(', ')}`)
    for (const host of hosts) homes.add(host)
  }
  assert.equal(homes.size, 2)
})
