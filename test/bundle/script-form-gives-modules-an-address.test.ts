import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toScriptForm } from '../../src/bundle/script-form.ts'
import { runScript } from '../support/run-script-form.ts'

test('import.meta.url is a file URL without a host path', async () => {
  const script = toScriptForm('const __meta = 1; export default new URL("./a", import.meta.url).href', {
    filename: 'my app.js',
  })
  assert.equal((await runScript({ script, parts: {} }))['default'], 'file:///a')
  const bare = toScriptForm('export default import.meta.url')
  assert.equal((await runScript({ script: bare, parts: {} }))['default'], 'file:///worker.js')
})
