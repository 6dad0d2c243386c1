import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { deploySite } from '../support/deploy-site.ts'
import { kill, startFleet } from '../support/fleet.ts'

const ADDRESS = { tenant: 'default', worker: 'site' }

test('a host serves the files it has while control is away, and gets the others from the next control', async () => {
  await using fleet = await startFleet()
  await deploySite(fleet, ADDRESS, { contents: { '/known.txt': 'known', '/new.txt': 'new' } })
  assert.equal((await fleet.get(ADDRESS, '/known.txt')).text, 'known')
  kill(familyOf(fleet.serve.pid).find(({ commandLine }) => commandLine.endsWith('/control.js')))
  const later = fleet.get(ADDRESS, '/new.txt')
  assert.equal((await fleet.get(ADDRESS, '/known.txt')).text, 'known')
  assert.equal((await later).text, 'new')
  await eventually(
    () => fleet.admin.hosts().catch(() => []),
    (hosts) => hosts.length > 0,
  )
  assert.equal((await fleet.get(ADDRESS, '/known.txt')).text, 'known')
})

test('a new host gets them too', async () => {
  await using fleet = await startFleet()
  await deploySite(fleet, ADDRESS, { contents: { '/a.txt': 'a' } })
  assert.equal((await fleet.get(ADDRESS, '/a.txt')).text, 'a')
  const response = await fetch(`http://127.0.0.1:${fleet.serve.adminPort}/api/reload`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  assert.equal(response.status, 200)
  assert.equal((await fleet.get(ADDRESS, '/a.txt')).text, 'a')
})
