import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NetworkPolicy } from '../../src/version.ts'
import { startOrigin } from '../support/origin.ts'
import { startNameServer } from '../support/name-server.ts'
import { ECHO, startSocketServer } from '../support/websocket.ts'

/** Says what becomes of a WebSocket to the address in the query: "open", or the close event; or what fetch says. */
const OPENER = `export default { async fetch(request) {
  const query = new URL(request.url).searchParams
  const url = query.get('url')
  if (query.has('fetch')) {
    try { return new Response('status ' + (await fetch(url, { headers: { Upgrade: 'websocket' } })).status) } catch (error) { return new Response(error.message) }
  }
  const log = []
  const socket = new WebSocket(url)
  return new Response(await new Promise((resolve) => {
    socket.onopen = () => resolve('open')
    socket.onerror = () => log.push('error')
    socket.onclose = ({ code, reason, wasClean }) => resolve([...log, code, reason, wasClean].join(' '))
  }))
} }`

const REFUSED = 'error 1006  false'

async function answers(policy: NetworkPolicy, url: string): Promise<readonly [constructed: string, fetched: string]> {
  await using t = await startSocketServer()
  // The first task of a process compiles what it needs; on a busy machine that takes more than the default.
  await t.load('opener', OPENER, { network: policy, limits: { cpuMs: 2000 } })
  const query = `url=${encodeURIComponent(url)}`
  const constructed = await t.fetch('opener', `/?${query}`)
  const fetched = await t.fetch('opener', `/?fetch&${query.replace('ws%3A', 'http%3A')}`)
  return [constructed.text, fetched.text]
}

test('private addresses are refused, in whatever way they are written, and nobody is asked', async () => {
  await using origin = await startOrigin((_request, response) => response.end())
  for (const host of [
    '127.0.0.1',
    'localhost',
    '127.1',
    '0x7f000001',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '10.0.0.1',
  ]) {
    const [constructed, fetched] = await answers({}, `ws://${host}:${origin.port}/`)
    assert.equal(constructed, REFUSED, host)
    assert.match(fetched, /^Workers may not connect to /, host)
  }
  assert.equal(origin.connections(), 0)
})

test('a name that leads to a private address is refused', async () => {
  await using origin = await startOrigin((_request, response) => response.end())
  await using names = await startNameServer(() => ['127.0.0.1'])
  await using t = await startSocketServer({ network: { nameServers: [names.address] } })
  await t.load('opener', OPENER)
  const { text } = await t.fetch('opener', `/?url=${encodeURIComponent(`ws://private.example:${origin.port}/`)}`)
  assert.equal(text, REFUSED)
  assert.equal(origin.connections(), 0)
})

test('what the operator or the policy denies is refused before its name is resolved', async () => {
  await using names = await startNameServer(() => ['127.0.0.1'])
  await using t = await startSocketServer({ network: { allow: ['127.0.0.1'], nameServers: [names.address] } })
  await t.load('opener', OPENER, { network: { deny: ['denied.example'] } })
  assert.equal((await t.fetch('opener', '/?url=ws%3A%2F%2Fdenied.example%2F')).text, REFUSED)
  assert.deepEqual(names.asked, [])
})

test('what is allowed is reached', async () => {
  await using t = await startSocketServer({ network: { allow: ['127.0.0.1'] } })
  await t.load('echo', ECHO)
  await t.load('opener', OPENER)
  const url = encodeURIComponent(`ws://echo.localhost:${t.port}/`)
  assert.equal((await t.fetch('opener', `/?url=${url}`)).text, 'open')
  assert.equal((await t.fetch('opener', `/?fetch&url=${url.replace('ws%3A', 'http%3A')}`)).text, 'status 101')
})

test('redirects are not followed, and a server that refuses is a failure', async () => {
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { location: '/elsewhere' })
    else response.writeHead(404)
    response.end('refused')
  })
  const allow = { allow: ['127.0.0.1'] }
  assert.deepEqual(await answers(allow, `ws://127.0.0.1:${origin.port}/redirect`), [REFUSED, 'status 302'])
  assert.deepEqual(await answers(allow, `ws://127.0.0.1:${origin.port}/no`), [REFUSED, 'status 404'])
})

test('each counts as a subrequest', async () => {
  await using t = await startSocketServer()
  const code = `export default { async fetch() {
    const errors = []
    for (let i = 0; i < 3; i++) try { new WebSocket('ws://192.0.2.1/') } catch (error) { errors.push(error.message) }
    try { await fetch('http://192.0.2.1/', { headers: { upgrade: 'websocket' } }) } catch (error) { errors.push(error.message) }
    return Response.json(errors)
  } }`
  await t.load('w', code, { limits: { subrequests: 2 } })
  const errors = JSON.parse((await t.fetch('w')).text) as string[]
  assert.equal(errors.length, 2)
  for (const error of errors) assert.match(error, /^Subrequest limit: the task has made 2 of the 2 /)
})

test('those a task leaves open are closed with it', async () => {
  await using t = await startSocketServer({ network: { allow: ['127.0.0.1'] } })
  await t.load('echo', ECHO)
  await t.load('opener', OPENER)
  await t.fetch('opener', `/?url=${encodeURIComponent(`ws://echo.localhost:${t.port}/`)}`)
  assert.deepEqual(await t.events('echo', 1), [[1001, 'The task has ended.', true]])
})
