import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startLibrary } from '../support/library.ts'

test('itty-router runs unmodified: parameters, bodies, errors, query', async () => {
  await using library = await startLibrary('itty-router')

  assert.equal((await library.fetch('/items/7')).text, '{"id":"7"}')

  const created = await library.fetch('/items', { method: 'POST', body: '{"name":"x"}' })
  assert.equal(created.response?.status, 201)
  assert.equal(created.text, '{"name":"x"}')

  const refused = await library.fetch('/teapot')
  assert.equal(refused.response?.status, 418)
  assert.match(refused.text, /no coffee here/)

  assert.equal((await library.fetch('/query?a=1&b=2&b=3')).text, '{"a":"1","b":["2","3"]}')
  assert.equal((await library.fetch('/nowhere')).response?.status, 404)
})
