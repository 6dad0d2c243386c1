import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStackMapper } from '../../src/instance/stack-trace.ts'

const STACKS = [
  '',
  '\n'.repeat(20_000),
  '    at '.repeat(5_000),
  `    at ${'('.repeat(20_000)}`,
  `    at f (${'eval at f ('.repeat(2_000)}`,
  `    at f (worker.js:${'9'.repeat(10_000)}:1)`,
  '    at f (worker.js:99999999:99999999)',
  '    at f (worker.js:0:0)',
  '    at f (worker.js:1:1',
  '\uD800\n    at \uDC00 (worker.js:1:1)\0',
  `    at f (wasm://wasm/${'a'.repeat(20_000)}`,
]

const MAPS = [
  '',
  'null',
  '1',
  '{}',
  '[',
  '{"version":3,"sources":[],"names":[],"mappings":"AAAA"}',
  '{"version":3,"sources":[1,{}],"names":[],"mappings":"AAAA,CCAA"}',
  '{"version":3,"sources":["a"],"names":[],"mappings":"AZZZ,!!!!;;;AAAA,AD"}',
  '{"version":3,"sources":["a"],"names":[],"mappings":"gggggggggggggggggggggggggggggg"}',
  '{"version":3,"sources":["a"],"names":[],"mappings":7}',
  '{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":{"version":3,"sources":["a"],"names":[],"mappings":"AAAA"}}]}',
  '{"version":3,"sections":[{}]}',
]

test('any stack with any source map', () => {
  for (const sourceMap of MAPS) {
    const map = createStackMapper({ script: '', parts: {}, sourceMap })
    for (const stack of STACKS) {
      const mapped = map(stack)
      assert.equal(typeof mapped, 'string')
      assert.ok(mapped.length <= 17 * 1024)
    }
  }
})

test('a source’s name cannot forge frames', () => {
  const sourceMap = JSON.stringify({
    version: 3,
    sources: ['a\n    at forged (/etc/passwd:1:1)'],
    names: [],
    mappings: 'AAAA',
  })
  assert.equal(
    createStackMapper({ script: '', parts: {}, sourceMap })('    at f (worker.js:1:1)').split('\n').length,
    1,
  )
})
