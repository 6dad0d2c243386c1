// `wrangler deploy --dry-run --outdir dist` leaves a module, with the files it imports beside it under names of their hashes.
// test/fixtures/wrangler-output has such folders; wrangler itself is too large to be a dependency.
import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import type { CompatibilityFlag } from '../../src/version.ts'
import { startRuntime } from '../support/runtime.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const OUTPUT = join(import.meta.dirname, '..', 'fixtures', 'wrangler-output')

interface Case {
  readonly entry?: string
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
  /** Of the project that the folder `dist` is in; without one it stands alone. */
  readonly manifest?: string
}

async function answerOf(
  name: string,
  path: string,
  { entry = 'index.js', compatibilityFlags = [], manifest }: Case = {},
) {
  using dir = tmpDir(manifest === undefined ? {} : { 'package.json': manifest })
  cpSync(join(OUTPUT, name), join(dir.path, 'dist'), { recursive: true })
  const { bundle, warnings } = await bundleProject({ entry: join(dir.path, 'dist', entry), compatibilityFlags })
  assert.deepEqual(warnings, [])
  await using started = startRuntime({ limits: { cpuMs: 5000 } })
  await started.runtime.load({ worker: 'built', bundle })
  const { outcome, text } = await started.fetch('built', path)
  assert.equal(outcome, 'ok', text)
  return text
}

const ANSWER = {
  greeting: 'hello ada',
  sum: 5,
  page: '<p>hello</p>\n',
  schema: 'SELECT 1;\n',
  seed: [1, 2, 255],
  count: 1,
  handler: 'greet',
}

test('a module with WebAssembly, text and data beside it, alone', async () => {
  assert.deepEqual(JSON.parse(await answerOf('modules', '/ada')), ANSWER)
})

test('and in a project, of whatever kind its package.json says modules are', async () => {
  for (const manifest of ['{}', '{"type":"module"}', '{"type":"commonjs"}']) {
    assert.deepEqual(JSON.parse(await answerOf('modules', '/ada', { manifest })), ANSWER, manifest)
  }
})

test("one that imports Node's modules, which wrangler leaves to the platform", async () => {
  const text = await answerOf('nodejs', '/seen', { entry: 'worker.js', compatibilityFlags: ['nodejs_compat'] })
  assert.deepEqual(JSON.parse(text), { seen: ['/seen'], base64: 'aGVsbG8=' })
})

test('one that CommonJS packages were bundled into', async () => {
  assert.equal(await answerOf('commonjs', '/quiet'), '/QUIET!')
})

test('one that was not bundled, with its modules in folders', async () => {
  assert.equal(await answerOf('unbundled', '/ada'), 'hello ada more 2')
})

test("a module of Cloudflare's is refused by name", async () => {
  using dir = tmpDir({
    'dist/index.js':
      'import { DurableObject } from "cloudflare:workers";\nexport class Room extends DurableObject {}\n',
  })
  await assert.rejects(bundleProject({ entry: join(dir.path, 'dist/index.js') }), {
    code: 'BUNDLE_FAILED',
    message: /index\.js:1:31: cannot import "cloudflare:workers": workers have no modules of Cloudflare's here/,
  })
})
