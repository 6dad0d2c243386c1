import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExecute } from '../support/execute.ts'

test('output, logs, figures, and what was asked', async () => {
  await using stage = await startExecute()
  const code = 'console.warn("adding", input.a)\nconst sum: number = input.a + 1\nsum'
  const report = await stage.client.execute({ code, input: { a: 1 } })
  assert.deepEqual(
    { status: report.status, outcome: report.outcome, output: report.output, error: report.error },
    { status: 'completed', outcome: 'ok', output: 2, error: null },
  )
  assert.deepEqual(
    report.logs.map(({ level, message }) => [level, message]),
    [['warn', 'adding 1']],
  )
  assert.deepEqual(
    [report.code, report.input, report.language, report.backend],
    [code, { a: 1 }, 'typescript', 'isolate'],
  )
  assert.ok(report.isolate.creation_ms > 0 && report.isolate.heap_bytes > 0 && report.usage.cpu_ms > 0)
  const { create_ms, load_ms, queue_ms, run_ms } = report.timings
  const sum = create_ms + load_ms + queue_ms + run_ms
  // What is between two clocks, and rounding.
  assert.ok(Math.min(create_ms, load_ms, queue_ms, run_ms) > 0)
  assert.ok(sum <= report.duration_ms + 1, `${sum} of ${report.duration_ms}`)
  assert.deepEqual(await stage.client.execution(report), report)
})

test('text of every kind goes in and comes out', async () => {
  await using stage = await startExecute()
  const input = { text: 'é 😀 \u2028 "quotes" \\ \u0000', deep: [[[[null, true, -0.5]]]] }
  assert.deepEqual((await stage.client.execute({ code: 'input', input })).output, input)
})

test('a run that fails says where in the code', async () => {
  await using stage = await startExecute()
  const thrown = await stage.client.execute({ code: 'const a = null\n\n  a.b' })
  assert.deepEqual([thrown.status, thrown.outcome], ['failed', 'exception'])
  assert.deepEqual([thrown.error?.name, thrown.error?.line, thrown.error?.column], ['TypeError', 3, 5])
  const slow = await stage.client.execute({ code: 'await new Promise(() => {})', timeout_ms: 50 })
  assert.deepEqual([slow.status, slow.outcome, slow.error?.code], ['failed', 'exceededWallTime', 'WALL_TIME_LIMIT'])
  assert.match(slow.error?.message ?? '', /raise the limit "timeout_ms"/)
  const spinning = await stage.client.execute({ code: 'for (;;);', timeout_ms: 100 })
  assert.deepEqual([spinning.status, spinning.outcome], ['failed', 'exceededCpu'])
})
