import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCli, startServe } from '../support/cli.ts'

test('two servers never share a data folder, and the next one may have it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'isopod-data-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const flags = ['--data', folder, '--hosts', '1']
  {
    await using first = await startServe(flags)
    const { code, stderr } = await runCli(['serve', ...flags, '--port', '0', '--admin-port', '0'])
    assert.equal(code, 1)
    assert.match(stderr, /is in use by another server\. \[DATA_IN_USE\]/)
    assert.ok(first.port > 0)
  }
  await using second = await startServe(flags)
  assert.ok(second.port > 0)
})
