import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toScriptForm } from '../../src/bundle/script-form.ts'
import { startScript } from '../support/run-script-form.ts'

const SYNC = [
  'export default { async fetch() { await 1; for await (const a of []); } }',
  'export default async () => await 1',
  'class A { async a() { await 1 } } export default A',
  'export default "await"',
]

const ASYNC = [
  'export default await 1',
  'for await (const a of [1]); export default 1',
  'export const { a = await 1 } = {}; export default 1',
  'class A { [await "a"]() {} } export default 1',
  'await using a = null; export default 1',
  'function f() {} export default [await f(), 1].pop()',
]

for (const code of SYNC) test(`sync: ${code}`, () => assert.ok(!toScriptForm(code).startsWith('__isopod__(async')))

for (const code of ASYNC) {
  test(`async: ${code}`, async () => {
    const exports = startScript({ script: toScriptForm(code), parts: {} })
    assert.equal(typeof exports['then'], 'function')
    assert.equal((await exports)['default'], 1)
  })
}
