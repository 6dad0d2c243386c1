import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { programPath } from '../../src/programs.ts'
import { killGroup } from '../../src/supervisor/kill-group.ts'
import { isInForce, plan } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const STARTS = 60

test('a host that is ended as it starts leaves nothing, and gives back what it held', async (t) => {
  using run = tmpDir()
  const sandbox = await plan({ runFolder: run.path })
  if (!isInForce(sandbox, 'namespaces')) return t.skip('hosts are started by no tool that could be left behind')
  const { args, command, ...options } = sandbox.command({
    program: programPath('host'),
    args: [],
    nodeFlags: ENGINE_FLAGS,
    runFolder: run.path,
  })
  for (let start = 0; start < STARTS; start++) {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child.stdout?.resume()
    child.stderr?.resume()
    // Closed is what nobody holds any more, whoever had it.
    const closed = once(child, 'close')
    // At another moment of its start each time.
    if (start % 4 !== 0) await delay(start % 16)
    killGroup(child)
    await closed
  }
  assert.ok(true)
})
