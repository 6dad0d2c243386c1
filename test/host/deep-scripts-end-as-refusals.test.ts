// Whoever talks to the admin port need not have used our bundler.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CodeCacheMaker } from '../../src/isolate/code-cache-maker.ts'
import { startRuntime } from '../support/runtime.ts'

const SCRIPTS = {
  brackets: `__isopod__(function (part) { ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)} });0`,
  templates: `__isopod__(function (part) { ${'`${(()=>'.repeat(10_000)}1${')()}`'.repeat(10_000)} });0`,
  functions: `__isopod__(function (part) { ${'(function(){return '.repeat(100_000)}1${'})()'.repeat(100_000)} });0`,
  sum: `__isopod__(function (part) { return { default: ${'a+'.repeat(1_000_000)}1 } });0`,
}

for (const [name, script] of Object.entries(SCRIPTS)) {
  test(`${name}: the load fails with a code, and the process goes on`, async () => {
    await using t = startRuntime()
    await t.load('neighbour', 'export default { fetch: () => new Response("fine") }')
    await assert.rejects(
      t.runtime.load({ worker: 'w', bundle: { script, parts: {} } }),
      (error: Error & { code?: string }) =>
        ['LOAD_FAILED', 'MEMORY_LIMIT', 'CPU_LIMIT', 'NO_HANDLER'].includes(error.code ?? ''),
    )
    assert.equal((await t.fetch('neighbour')).text, 'fine')
  })

  test(`${name}: the maker of code caches goes on`, async () => {
    const maker = new CodeCacheMaker()
    await maker.make(script)
    assert.ok((await maker.make(`function f() {} // ${'x'.repeat(5000)}`)) instanceof ArrayBuffer)
    maker.close()
  })
}
