// Maps are read outside of any entry, so nobody could be blamed for the time they take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSourceMap } from '../../src/instance/source-positions.ts'
import { createStackMapper } from '../../src/instance/stack-trace.ts'

const MILLION = 1_000_000
const map = (mappings: string, sources = '["a.js"]'): string =>
  `{"version":3,"sources":${sources},"names":[],"mappings":"${mappings}"}`

const BOMBS = {
  'too many mappings': map('AAAA,'.repeat(4 * MILLION)),
  'too many lines': map(';'.repeat(20 * MILLION)),
  'too many sources': map('AAAA', `[${'"",'.repeat(MILLION)}""]`),
  'brackets instead of sources': map('AAAA', '['.repeat(10 * MILLION)),
  'too long': map('AAAA', `["${'x'.repeat(40 * MILLION)}"]`),
}

for (const [what, sourceMap] of Object.entries(BOMBS)) {
  test(`${what}: the stack stays as it is`, () => {
    assert.equal(readSourceMap(sourceMap), undefined)
    const stack = 'Error: x\n    at f (worker.js:1:1)'
    assert.equal(createStackMapper({ script: '', parts: {}, sourceMap })(stack), stack)
  })
}

test('a map out of order costs no search', () => {
  for (const mappings of ['AAAA,'.repeat(1.5 * MILLION), 'DAAA,'.repeat(1.5 * MILLION), ';'.repeat(8 * MILLION)]) {
    const lookUp = readSourceMap(map(mappings))
    assert.ok(lookUp)
    for (let i = 0; i < 1000; i++) assert.doesNotThrow(() => lookUp(i % 3, i))
  }
})
