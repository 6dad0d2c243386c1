import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SETTINGS } from '../../src/config/settings.ts'
import { ERROR_CODES } from '../../src/errors.ts'
import { resolveOptions } from '../../src/host/runtime-options.ts'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { DEFAULT_LIMITS, LIMIT_CEILINGS, type Limits } from '../../src/limits.ts'
import { OUTCOMES } from '../../src/outcome.ts'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'

test('docs/errors.md lists exactly the codes', () => {
  const rows = tableRows(readPage('docs/errors.md'), 'code')
  assert.deepEqual(
    rows.map(([code, text]) => [code, text]),
    Object.entries(ERROR_CODES),
  )
  for (const [code, , where] of rows) assert.ok(where, `where one meets ${code}`)
})

test('docs/errors.md lists exactly the outcomes, with their statuses', () => {
  const rows = tableRows(readPage('docs/errors.md'), 'outcome').map(([outcome, status, retry]) => [
    outcome,
    status,
    retry,
  ])
  const expected = Object.entries(OUTCOMES).map(([name, { status, retryable }]) => [
    name,
    String(status),
    retryable ? 'yes' : '',
  ])
  assert.deepEqual(rows, expected)
})

test('docs/settings.md lists exactly the settings', () => {
  const expected = Object.values(SETTINGS).map(({ flag = '', env, schema, text }) => {
    const value = schema.parse(undefined)
    return [flag, env, value === undefined || String(value) === '' ? 'none' : String(value), text]
  })
  assert.deepEqual(tableRows(readPage('docs/settings.md'), 'flag'), expected)
})

test('docs/limits.md lists exactly the limits, with their defaults', () => {
  const rows = tableRows(readPage('docs/limits.md'), 'limit').map(([name, value]) => [name, value])
  assert.deepEqual(
    rows,
    Object.entries(DEFAULT_LIMITS).map(([name, value]) => [name, String(value)]),
  )
})

test('docs/limits.md lists exactly the ceilings', () => {
  assert.deepEqual(
    tableRows(readPage('docs/limits.md'), 'limit of a version'),
    Object.entries(LIMIT_CEILINGS.others).map(([name, value]) => {
      return [name, String(value), String(LIMIT_CEILINGS.vouched[name as keyof Limits] ?? '')]
    }),
  )
})

test('docs/limits.md has the defaults of the options that bound a runtime', () => {
  const defaults = resolveOptions({}) as unknown as Readonly<Record<string, unknown>>
  for (const [name = '', value] of tableRows(readPage('docs/limits.md'), 'option')) {
    if (name !== 'memoryBudgetMb') assert.equal(value, String(defaults[name]), name)
  }
})

/**
 * A server is not to hold more than it needs on a large machine; its hosts are processes of their own anyway; and a tenant's
 * share of the pool is the pool's size, whatever that is.
 */
const DIFFERENT = new Set(['reserveSize', 'executor', 'tenantInstances'])

test('the settings of the command line and the options of the library have the same defaults', () => {
  const { limits, ...options } = resolveOptions({})
  const named = { ...options, cpuMs: limits.cpuMs, wallMs: limits.wallMs, heapMaxMb: limits.heapMb } as Readonly<
    Record<string, unknown>
  >
  for (const [name, { schema }] of Object.entries(SETTINGS)) {
    if (name in named && !DIFFERENT.has(name)) assert.equal(schema.parse(undefined), named[name], name)
  }
})

test('docs/library.md names the flags of the engine', () => {
  assert.ok(readPage('docs/library.md').includes(`node ${ENGINE_FLAGS.join(' ')} `))
})
