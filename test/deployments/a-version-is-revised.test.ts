import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient, type Client } from '../../src/client/client.ts'
import { startFleet, type TestFleet } from '../support/fleet.ts'

const APP = { tenant: 'acme', worker: 'app' }
const FIRST = 'export default { fetch: (request, env) => new Response(`${env.GREETING} ${env.KEY}`) }'

function clientOf(fleet: TestFleet): Client {
  return createClient({ url: `http://127.0.0.1:${fleet.serve.adminPort}` })
}

test('a version is made of another: of a text, with what that one was given', async () => {
  await using fleet = await startFleet()
  const client = clientOf(fleet)
  await fleet.deploy(APP, FIRST, { id: 'first', env: { GREETING: 'hello' }, limits: { cpuMs: 60 } })
  await client.setSecret({ ...APP, name: 'KEY' }, { value: 'secret' })
  const code = 'export default { fetch: (request: Request, env: any) => new Response(`${env.GREETING}, ${env.KEY}!`) }'
  const { version } = await client.revise(APP, { from: 'first', source: { code, file: 'src/index.ts' } })
  assert.equal((await fleet.get(APP)).text, 'hello, secret!')
  const detail = await client.version({ ...APP, version })
  assert.deepEqual(detail.limits, { cpuMs: 60 })
  const { source_map: map } = await client.versionSource({ ...APP, version })
  assert.deepEqual((JSON.parse(map ?? '') as { sourcesContent: string[] }).sourcesContent, [code])
})

test('a text that is no module, imports, or nests beyond measure is refused with its place, and the version stays', async () => {
  await using fleet = await startFleet()
  const client = clientOf(fleet)
  await fleet.deploy(APP, FIRST, { id: 'first', env: { GREETING: 'hello' } })
  const refusals = [
    ['export default {', /index\.js:1/],
    ["import fs from 'node:fs'\nexport default {}", /cannot import "node:fs"/],
    [`export default ${'['.repeat(100_000)}`, /nests/],
  ] as const
  for (const [code, message] of refusals) {
    await assert.rejects(client.revise(APP, { from: 'first', source: { code, file: 'index.js' } }), {
      code: 'BUNDLE_FAILED',
      message,
    })
  }
  const long = `// ${'x'.repeat(1024 * 1024)}`
  await assert.rejects(client.revise(APP, { from: 'first', source: { code: long, file: 'index.js' } }), {
    code: 'INVALID_OPTION',
  })
  await assert.rejects(client.revise(APP, { from: 'none' }), { code: 'VERSION_NOT_FOUND' })
  assert.equal((await client.worker(APP)).version, 'first')
  assert.equal((await fleet.get(APP)).text, 'hello undefined')
})
