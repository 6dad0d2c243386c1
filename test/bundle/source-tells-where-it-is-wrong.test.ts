import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'

test('a syntax error has file, line, column, reason and the line', () => {
  assert.throws(() => bundleSource('let a\nlet b = "😀"; let c =;', { filename: 'a.js' }), {
    code: 'BUNDLE_FAILED',
    message: /^a\.js:2:22: .+\n\n {2}2 \| let b = "😀"; let c =;\n {4}\| {22}\^$/,
  })
})

test('so it has in TypeScript', () => {
  assert.throws(() => bundleSource('let a: = 1', { filename: 'src/a.ts' }), {
    code: 'BUNDLE_FAILED',
    message: /^src\/a\.ts:1:8: /,
  })
})

test('an early error is found', () => {
  assert.throws(() => bundleSource('let a; let a'), {
    code: 'BUNDLE_FAILED',
    message: /^index\.js:1:\d+: .*already been declared/,
  })
})

test('an import is refused by name', () => {
  for (const language of ['js', 'ts'] as const) {
    assert.throws(() => bundleSource('let a = 1\nimport b from "./b.js"; export default b + a', { language }), {
      code: 'BUNDLE_FAILED',
      message: new RegExp(`^index\\.${language}:2:15: cannot import "\\./b\\.js": .*bundle a project`),
    })
  }
})
