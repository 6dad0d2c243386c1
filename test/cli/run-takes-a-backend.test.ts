import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const FILES = {
  'sum.ts': 'export default (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)',
  'throws.ts': '\n  throw new TypeError("not today")',
}

test('the file runs as if it were submitted', async () => {
  using dir = tmpDir(FILES)
  const args = ['run', 'sum.ts', '--backend', 'isolate', '--input', '[1, 2, 3]']
  const { code, stderr, stdout } = await runCli(args, { cwd: dir.path })
  assert.deepEqual([code, stdout], [0, '6\n'], stderr)
  const failed = await runCli(['run', 'throws.ts', '--backend', 'auto'], { cwd: dir.path })
  assert.equal(failed.code, 1)
  assert.match(failed.stderr, /TypeError: not today\n.*program\.js:2:9/)
})

test('all compares them', async () => {
  using dir = tmpDir(FILES)
  const args = ['run', 'sum.ts', '--backend', 'all', '--times', '3', '--input', '[1]']
  const { code, stderr, stdout } = await runCli(args, { cwd: dir.path })
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^BACKEND +COLD +WARM +OUTCOME\nisolate +\d+\.\d\d ms +\d+\.\d\d ms +ok\n/)
})

test('what cannot be is refused', async () => {
  using dir = tmpDir(FILES)
  const unknown = await runCli(['run', 'sum.ts', '--backend', 'vm'], { cwd: dir.path })
  assert.match(unknown.stderr, /it may be auto, isolate.*\[INVALID_OPTION\]/)
  const often = await runCli(['run', 'sum.ts', '--backend', 'all', '--times', '0'], { cwd: dir.path })
  assert.match(often.stderr, /from 1 to 1000; got 0 \[INVALID_OPTION\]/)
  const missing = await runCli(['run', 'none.ts', '--backend', 'isolate'], { cwd: dir.path })
  assert.match(missing.stderr, /\[ENTRY_NOT_FOUND\]/)
})
