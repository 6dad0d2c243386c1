import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'

test('itty-router runs unmodified: parameters, bodies, errors, query', async () => {
  const entry = join(import.meta.dirname, '../fixtures/itty-router/index.ts')
  const { bundle } = await bundleProject({ entry })
  await using started = startRuntime()
  await started.runtime.load({ worker: 'itty', bundle })

  assert.equal((await started.fetch('itty', '/items/7')).text, '{"id":"7"}')

  const created = await started.fetch('itty', '/items', { method: 'POST', body: '{"name":"x"}' })
  assert.equal(created.response?.status, 201)
  assert.equal(created.text, '{"name":"x"}')

  const refused = await started.fetch('itty', '/teapot')
  assert.equal(refused.response?.status, 418)
  assert.match(refused.text, /no coffee here/)

  assert.equal((await started.fetch('itty', '/query?a=1&b=2&b=3')).text, '{"a":"1","b":["2","3"]}')
  assert.equal((await started.fetch('itty', '/nowhere')).response?.status, 404)
})
