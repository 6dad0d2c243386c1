import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MODES } from '../../src/version.ts'
import { startExample } from '../support/example.ts'

for (const mode of MODES) {
  test(`in mode ${mode}`, async () => {
    await using example = await startExample('wasm', { mode })
    const sums = { 'a=1&b=2': 3, 'a=-5&b=2': -3, 'a=2147483647&b=1': -2_147_483_648 }
    for (const [query, sum] of Object.entries(sums)) {
      const { response, text } = await example.fetch('wasm', `/add?${query}`)
      assert.equal(response?.status, 200)
      assert.equal((JSON.parse(text) as { sum: number }).sum, sum)
    }
    const wrong = await example.fetch('wasm', '/add?a=1.5&b=2')
    assert.deepEqual([wrong.response?.status, wrong.text], [400, 'a and b must be integers\n'])
    assert.equal((await example.fetch('wasm', '/')).response?.status, 404)
  })
}
