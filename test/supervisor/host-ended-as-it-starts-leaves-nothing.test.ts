import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { programPath } from '../../src/programs.ts'
import { killGroup, onceEnded } from '../../src/supervisor/kill-group.ts'
import { isInForce, plan } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'
import { until } from '../support/until.ts'

const STARTS = 60

/** Of the sandbox's processes the command line has the folder of the server. */
function processesNaming(path: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path)
    } catch {
      return false
    }
  })
}

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
    const ended = new Promise<void>((resolve) => onceEnded(child, () => resolve()))
    // At another moment of its start each time.
    if (start % 4 !== 0) await delay(start % 16)
    killGroup(child)
    await ended
  }
  await until(() => processesNaming(run.path).length === 0)
})
