import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plan, startProbe } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const ENDINGS = [
  { how: 'kills itself', attempt: ['signal', 'self', 'SIGKILL'], ending: { code: null, signal: 'SIGKILL' } },
  { how: 'aborts', attempt: ['abort'], ending: { code: null, signal: 'SIGABRT' } },
  { how: 'crashes', attempt: ['signal', 'self', 'SIGSEGV'], ending: { code: null, signal: 'SIGSEGV' } },
  { how: 'exits with 0', attempt: ['exit', 0], ending: { code: 0, signal: null } },
  { how: 'exits with 7', attempt: ['exit', 7], ending: { code: 7, signal: null } },
] as const

for (const { how, attempt, ending } of ENDINGS) {
  test(`the supervisor learns the truth of a host that ${how}`, async () => {
    using run = tmpDir()
    await using probe = await startProbe({ runFolder: run.path })
    const { pid } = (await probe.attempt('identity')).value as { pid: number }
    const [name, ...args] = attempt
    await probe.attempt(name, ...args.map((arg) => (arg === 'self' ? pid : arg)))
    assert.deepEqual(await probe.ended, ending)
  })
}

test('a host ends when the supervisor kills what it started', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  const lastWords = probe.child.stdio[4]
  assert.ok(lastWords !== null && lastWords !== undefined && 'resume' in lastWords)
  const closed = new Promise((resolve) => lastWords.resume().once('end', resolve))
  probe.child.kill('SIGKILL')
  assert.deepEqual(await probe.ended, { code: null, signal: 'SIGKILL' })
  await closed
})

test('a process of the host itself can be found and killed', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  const pid = probe.sandbox.programPid(probe.child.pid ?? 0) ?? 0
  assert.match(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), /sandbox-probe/)
  process.kill(pid, 'SIGKILL')
  assert.deepEqual(await probe.ended, { code: null, signal: 'SIGKILL' })
})

test('descriptors reach the host: last words on 4, the recorder on 5', async () => {
  using run = tmpDir()
  using data = tmpDir({ recorder: '' })
  const recorder = openSync(join(data.path, 'recorder'), 'r+')
  await using probe = await startProbe({ runFolder: run.path, recorder })
  const lastWords = probe.child.stdio[4]
  assert.ok(lastWords !== null && lastWords !== undefined && 'setEncoding' in lastWords)
  const said = new Promise((resolve) => lastWords.setEncoding('utf8').once('data', resolve))
  await probe.attempt('writeDescriptor', 4, 'it was w')
  await probe.attempt('writeDescriptor', 5, 'entered 17')
  assert.equal(await said, 'it was w')
  assert.equal(readFileSync(join(data.path, 'recorder'), 'utf8'), 'entered 17')
})

test('a machine without wrappers reports endings as they are', async () => {
  using run = tmpDir()
  const sandbox = await plan({ runFolder: run.path, sandbox: 'off' })
  assert.deepEqual(sandbox.ending(137, null), { code: 137, signal: null })
  assert.equal(sandbox.programPid(17), 17)
})
