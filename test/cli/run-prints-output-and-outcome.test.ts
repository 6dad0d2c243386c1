import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const FILES = {
  'sum.ts': `export default function (numbers: number[] = []): number {
    console.log('adding', numbers.length)
    return numbers.reduce((a, b) => a + b, 0)
  }`,
  'throws.ts': 'export default () => {\n  throw new TypeError("not today")\n}',
  'top.ts': 'const a: number = 1\nthrow new Error(`top ${a}`)\nexport default () => 1',
  'loops.ts': 'export default () => { for (;;); }',
  'nothing.ts': 'export default () => {}',
  'circular.ts': 'export default () => { const a: unknown[] = []; a.push(a); return a }',
  'fetcher.ts': 'export default { fetch: () => new Response("x") }',
}
const USAGE = String.raw`\d+\.\d ms CPU · \d+\.\d ms · \d+\.\d MiB heap`

test('the output goes to stdout; logs, outcome and usage to stderr', async () => {
  using dir = tmpDir(FILES)
  const { code, stdout, stderr } = await runCli(['run', 'sum.ts', '--input', '[1, 2, 3]'], { cwd: dir.path })
  assert.equal(stdout, '6\n')
  assert.match(stderr, new RegExp(`^adding 3\nok · ${USAGE}\n$`))
  assert.equal(code, 0)
})

test('without input the function gets none, and without a value nothing is printed', async () => {
  using dir = tmpDir(FILES)
  assert.equal((await runCli(['run', 'sum.ts'], { cwd: dir.path })).stdout, '0\n')
  const { code, stdout } = await runCli(['run', 'nothing.ts'], { cwd: dir.path })
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '' })
})

test('--json prints the whole result, and nothing else', async () => {
  using dir = tmpDir(FILES)
  const { code, stdout, stderr } = await runCli(['run', 'sum.ts', '--json', '--input', '[4]'], { cwd: dir.path })
  const { usage, logs, ...rest } = JSON.parse(stdout) as { usage: object; logs: { level: string; message: string }[] }
  assert.deepEqual(rest, { outcome: 'ok', output: 4 })
  assert.deepEqual(
    logs.map(({ level, message }) => [level, message]),
    [['log', 'adding 1']],
  )
  assert.deepEqual(Object.keys(usage), [
    'cpuUs',
    'wallMs',
    'queueMs',
    'heapBytes',
    'subrequests',
    'bytesIn',
    'bytesOut',
    'bytesSent',
  ])
  assert.equal(stderr, '')
  assert.equal(code, 0)
})

test('--json of a failure', async () => {
  using dir = tmpDir(FILES)
  const { code, stdout } = await runCli(['run', 'throws.ts', '--json'], { cwd: dir.path })
  const { outcome, error } = JSON.parse(stdout) as {
    outcome: string
    error: { code: string; name: string; message: string }
  }
  assert.equal(outcome, 'exception')
  assert.deepEqual([error.code, error.name, error.message], ['WORKER_EXCEPTION', 'TypeError', 'not today'])
  assert.equal(code, 1)
})

const FAILURES = {
  'throws.ts': /^TypeError: not today\n {4}at .*throws\.ts:2:\d+.*\nexception · /s,
  'top.ts': /^Error: top 1\n {4}at .*top\.ts:2:\d+.*\nloadFailed · /s,
  'loops.ts': /^CPU limit: the task used \d+ ms of the 50 ms it may use[.,].+\nexceededCpu · /,
  'circular.ts': /\nexception · /,
  'fetcher.ts': /\n(?:exception|loadFailed) · /,
} as const

for (const [file, message] of Object.entries(FAILURES)) {
  test(`${file} fails with exit code 1, and says why on stderr only`, async () => {
    using dir = tmpDir(FILES)
    const { code, stdout, stderr } = await runCli(['run', file, '--cpu-ms', '50'], { cwd: dir.path })
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, message)
    assert.ok(!stderr.includes(dir.path) && !stderr.includes('/src/'), stderr)
  })
}
