import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, eventually } from '../support/cli.ts'
import { kill, startFleet } from '../support/fleet.ts'
import { type HostEntry, poolEntries } from '../support/hosts-of.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const WAITING = 16

/** In this mode one task is run at a time, and the others wait where it is loaded. */
const SOURCE = `export default {
  async fetch(request) {
    if (request.url.endsWith('/hang')) await new Promise((resolve) => setTimeout(resolve, 60_000))
    return new Response('here')
  },
}`

/** Which host a connection reaches is the kernel's choice; that of all of them it is the home is rare. */
const ATTEMPTS = 6

/** What became of those that waited. */
async function killHome(): Promise<readonly (Answer | undefined)[]> {
  await using fleet = await startFleet([], { hosts: 2 })
  await fleet.deploy(WORKER, SOURCE, { mode: 'pool' })
  const hanging = fleet.get(WORKER, '/hang').catch(() => undefined)
  const entry = async (): Promise<HostEntry | undefined> =>
    (await poolEntries(fleet)).find(({ worker }) => worker === 'app')
  await eventually(entry, (present) => present?.running === 1)
  // On a connection to the home itself a request ends with that.
  const waiting = Array.from({ length: WAITING }, () => fleet.get(WORKER).catch(() => undefined))
  await eventually(entry, (present) => present?.queue_depth === WAITING)
  const home = (await entry())?.host
  kill((await fleet.admin.hosts()).find(({ id }) => id === home))
  const answers = await Promise.all(waiting)
  const lost = await hanging
  if (lost !== undefined) assert.deepEqual([lost.status, JSON.parse(lost.text).error.code], [503, 'HOST_LOST'])
  return answers
}

test('when the home of a worker is killed, what waits there for other hosts is run by them', async () => {
  for (let attempt = 1; ; attempt++) {
    const answers = (await killHome()).filter((answer) => answer !== undefined)
    for (const { status, text } of answers) assert.deepEqual({ status, text }, { status: 200, text: 'here' })
    if (answers.length > 0) return
    assert.notEqual(attempt, ATTEMPTS, 'every request had reached the home itself')
  }
})
