import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Metrics } from '../../src/server/metrics/metrics.ts'
import { startAdmin } from '../support/admin-stage.ts'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'

test('docs/operations.md lists exactly the metrics, with their types, labels and meanings', async () => {
  await using stage = await startAdmin()
  const metrics = new Metrics({ control: stage.control, hosts: async () => [] })
  const families = await metrics.families()
  assert.deepEqual(
    tableRows(readPage('docs/operations.md'), 'metric'),
    families.map(({ help, labels = [], name, type }) => [name, type, labels.join(', '), help]),
  )
  const { text } = await stage.ask('GET', '/metrics')
  const exposed = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type])
  assert.deepEqual(
    exposed,
    families.map(({ name, type }) => [name, type]),
  )
})

test('what a backend says of itself is exposed by its name', async () => {
  await using stage = await startAdmin()
  const metrics = new Metrics({
    control: stage.control,
    hosts: async () => [],
    backends: () => [{ name: 'isolate', running: 1, runs: 20, restarts: 3 }],
  })
  const text = await metrics.text()
  assert.match(text, /^isopod_backend_running_executions\{backend="isolate"\} 1$/m)
  assert.match(text, /^isopod_backend_executions_total\{backend="isolate"\} 20$/m)
  assert.match(text, /^isopod_backend_restarts_total\{backend="isolate"\} 3$/m)
})
