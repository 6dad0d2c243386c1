import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { test } from 'node:test'
import { request, startDev } from '../support/cli.ts'
import { debuggerTargets } from '../support/debugger.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const FILES = {
  'isopod.jsonc': '{ "name": "shop", "main": "index.js" }',
  'index.js': 'export default { fetch: () => new Response("hello") }',
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
}

async function upgradeStatus(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const outgoing = http.get(url.replace('ws:', 'http:'), { agent: false, headers: { ...UPGRADE, ...headers } })
  const answered = Promise.race([once(outgoing, 'response'), once(outgoing, 'upgrade')])
  const [{ statusCode = 0 }] = (await answered) as [http.IncomingMessage]
  outgoing.destroy()
  return statusCode
}

test('the Host must be this machine, and the Origin no page', async () => {
  using dir = tmpDir(FILES)
  await using dev = await startDev(['--inspect=0'], { cwd: dir.path })
  const port = Number(/inspect http:\/\/127\.0\.0\.1:(\d+)\//.exec(dev.output().stdout)?.[1])
  const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (
      await request(port, '/json/list', {
        headers,
        ...(headers['host'] === undefined ? {} : { host: headers['host'] }),
      })
    ).status
  assert.equal(await status({ host: `localhost:${port}` }), 200)
  assert.equal(await status({ host: `rebound.example:${port}` }), 403)
  assert.equal(await status({ origin: 'https://page.example' }), 403)
  assert.equal(await status({ origin: `http://127.0.0.1:${port}` }), 403)
  assert.equal(await status({ origin: 'null' }), 403)
  assert.equal((await request(port, '/json/version')).status, 200)

  const url = (await debuggerTargets(port))[0]?.webSocketDebuggerUrl ?? ''
  assert.equal(await upgradeStatus(url, {}), 101)
  assert.equal(await upgradeStatus(url, { origin: 'devtools://devtools' }), 101)
  assert.equal(await upgradeStatus(url, { origin: 'https://page.example' }), 403)
  assert.equal(await upgradeStatus(url, { origin: 'null' }), 403)
  assert.equal(await upgradeStatus(url, { host: `rebound.example:${port}` }), 403)
  assert.equal(await upgradeStatus(`ws://127.0.0.1:${port}/guessed`, {}), 404)
})
