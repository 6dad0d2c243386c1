import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { answering, kill, startFleet } from '../support/fleet.ts'

const ADDRESS = '127.0.0.2'
const WORKER = { tenant: 'newcomer', worker: 'app' }
const OTHER = { tenant: 'default', worker: 'other' }

/** Counts what workers did. */
const seen = new Map<string, number>()
const origin = http.createServer((request, response) => {
  const id = request.url ?? ''
  seen.set(id, (seen.get(id) ?? 0) + 1)
  response.end('counted')
})
await once(origin.listen(0, ADDRESS), 'listening')
after(() => origin.close())
const { port } = origin.address() as AddressInfo

const SOURCE = `export default {
  async fetch(request) {
    const { pathname } = new URL(request.url)
    await fetch('http://${ADDRESS}:${port}' + pathname)
    if (pathname.startsWith('/stay')) await new Promise((resolve) => setTimeout(resolve, 25_000))
    return new Response('done')
  },
}`

test('a task that has started is answered HOST_LOST when its host dies, and is not run again', async () => {
  await using fleet = await startFleet(['--allow-addresses', `${ADDRESS}/32`])
  await fleet.deploy(WORKER, SOURCE)
  const asked = fleet.get(WORKER, '/stay-1')
  await eventually(
    () => Promise.resolve(seen.get('/stay-1')),
    (count) => count === 1,
  )
  const host = (await fleet.admin.hosts()).find(({ tier }) => tier === 'probation')
  kill(host)
  const { headers, status, text } = await asked
  assert.equal(status, 503)
  assert.match(text, /HOST_LOST/)
  assert.ok(Number(headers['retry-after']) >= 1)
  assert.equal((await fleet.get(WORKER, '/after')).text, 'done')
  assert.equal(seen.get('/stay-1'), 1)
})

test('tasks that had not started when their host died are run on the next one, each once', async () => {
  await using fleet = await startFleet(['--allow-addresses', `${ADDRESS}/32`])
  await fleet.deploy(WORKER, SOURCE)
  await fleet.deploy(OTHER, answering('main'))
  assert.equal((await fleet.get(WORKER, '/warm')).text, 'done')
  const host = (await fleet.admin.hosts()).find(({ tier }) => tier === 'probation')
  // It takes nothing any more, and cannot say so. A sandbox may have put a process of its own in front of it.
  for (const member of familyOf(host?.pid ?? 0)) kill(member, 'SIGSTOP')
  const paths = Array.from({ length: 20 }, (_, i) => `/once-${i}`)
  const asked = Promise.all(paths.map((path) => fleet.get(WORKER, path)))
  // Whoever asks after them is answered after they were sent on.
  assert.equal((await fleet.get(OTHER)).text, 'main')
  kill(host)
  assert.deepEqual(
    (await asked).map(({ text }) => text),
    paths.map(() => 'done'),
  )
  assert.deepEqual(
    paths.map((path) => seen.get(path)),
    paths.map(() => 1),
  )
})
