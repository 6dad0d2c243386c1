import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { startFleet } from '../support/fleet.ts'

/** The niceness of a thread; of a process's first one, where tenants' code runs, by the process's own number. */
function niceness(pid: number, thread: number): number {
  const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')
  // A command's name may hold spaces and parentheses; the fields after it do not.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
}

test('the thread that runs the code of probation is nicer than that of main hosts', async () => {
  await using fleet = await startFleet()
  const hosts = await fleet.admin.hosts()
  const of = (tier: string): number => {
    const pid = hosts.find((host) => host.tier === tier)?.pid ?? 0
    return niceness(pid, pid)
  }
  assert.equal(of('probation') - of('main'), 5)
})
