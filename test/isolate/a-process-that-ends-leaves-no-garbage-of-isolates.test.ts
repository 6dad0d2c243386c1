// isolated-vm aborts a process in which V8 collects one of its objects after Node's clean-up. When V8 collects cannot be
// chosen from a script, so this shows that there is nothing to collect.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'

const SOURCE = pathToFileURL(join(import.meta.dirname, '../../src/isolate/engine-isolate.ts')).href

const SCRIPT = `
  const { EngineIsolate } = await import('${SOURCE}')
  async function use() {
    const isolate = new EngineIsolate({ executor: 'inline', heapMb: 64 })
    const context = await isolate.createContext()
    context.release()
    isolate.dispose('now')
    return [new WeakRef(isolate), new WeakRef(context)]
  }
  const used = await use()
  process.on('exit', () => console.log(used.map((ref) => ref.deref() === undefined).join()))
`

test('what became of an isolate is collected before Node cleans up', () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...ENGINE_FLAGS, '--input-type=module', '--eval', SCRIPT],
    { encoding: 'utf8' },
  )
  assert.deepEqual({ stdout, status }, { stdout: 'true,true\n', status: 0 }, stderr)
})
