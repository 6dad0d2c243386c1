// A host answers for a worker of files alone without running its script: with the script it would say the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ASSETS_ONLY_BUNDLE } from '../../src/assets-only.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { startSite } from '../support/site.ts'

const SOURCE = 'export default { fetch: (request, env) => env.ASSETS.fetch(request) }'

test('the bundle is what its source becomes', () => {
  assert.equal(ASSETS_ONLY_BUNDLE.script, bundleSource(SOURCE).script)
})

test('with the script run the answers are the same', async () => {
  const contents = { '/index.html': 'home', '/404.html': 'none here' }
  await using alone = await startSite(contents, { notFound: '404-page' })
  // A blank more, and it is a worker like any other.
  await using run = await startSite(contents, { notFound: '404-page', worker: ` ${SOURCE}` })
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/x'],
    ['POST', '/'],
    ['GET', '/index.html'],
  ] as const) {
    const [expected, actual] = [await alone.get(path, { method }), await run.get(path, { method })]
    assert.deepEqual([actual.status, actual.text], [expected.status, expected.text], `${method} ${path}`)
  }
  assert.deepEqual([alone.records.length, run.records.length > 0], [0, true])
})
