// Bundles that wrangler has made look for `process` on the global object, ask it for `node:process`, and put another there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const SOURCE = `
var given = globalThis["process"];
var { exit, features, platform } = given.getBuiltinModule("node:process");
globalThis.process = { ...given, mine: true };
export default { fetch: () => Response.json([typeof exit, typeof features, platform, globalThis.process.mine, given.getBuiltinModule('fs') ?? null]) }
`

test('it is there before their first line, and may be replaced', async () => {
  using dir = tmpDir({ 'index.js': SOURCE })
  const { bundle } = await bundleProject({ entry: `${dir.path}/index.js`, compatibilityFlags: ['nodejs_compat'] })
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle })
  assert.equal((await t.fetch('w')).text, '["function","object","linux",true,null]')
})

test('without the flag there is none', async () => {
  using dir = tmpDir({ 'index.js': 'export default { fetch: () => new Response(typeof globalThis.process) }' })
  const { bundle } = await bundleProject({ entry: `${dir.path}/index.js` })
  await using t = startRuntime()
  await t.runtime.load({ worker: 'w', bundle })
  assert.equal((await t.fetch('w')).text, 'undefined')
})
