import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { runScript } from '../support/run-script-form.ts'

test('JavaScript', async () => {
  assert.equal((await runScript(bundleSource('\uFEFFexport default 1')))['default'], 1)
})

test('TypeScript, by language or file name, with syntax that cannot be erased', async () => {
  const code = 'import type { A } from "a"; enum B { x = 4 }; export default B.x satisfies number as A'
  for (const options of [{ language: 'ts' }, { filename: 'a.ts' }, { filename: 'a.mts' }] as const) {
    assert.equal((await runScript(bundleSource(code, options)))['default'], 4)
  }
})

test('the source map has the text under its own name, never a host path', () => {
  const { sourceMap = '{}' } = bundleSource('export default 1', { filename: '/home/someone/secret/app.js' })
  const { sources, sourcesContent } = JSON.parse(sourceMap)
  assert.deepEqual([sources, sourcesContent], [['app.js'], ['export default 1']])
})
