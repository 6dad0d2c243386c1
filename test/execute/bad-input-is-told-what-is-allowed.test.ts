import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExecute } from '../support/execute.ts'

interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly line?: number; readonly column?: number }
}

const BODIES: readonly (readonly [what: string, body: unknown, status: number, code: string, message: RegExp])[] = [
  ['no code', {}, 400, 'INVALID_OPTION', /code/],
  ['empty code', { code: ' ' }, 400, 'INVALID_PROGRAM', /There is no code/],
  ['giant code', { code: 'a'.repeat(1024 * 1024 + 1) }, 413, 'REQUEST_TOO_LARGE', /1048577 bytes, of the 1048576/],
  ['giant input', { code: '1', input: 'a'.repeat(1024 * 1024) }, 413, 'REQUEST_TOO_LARGE', /of the 1048576/],
  ['code that is no text', { code: 1 }, 400, 'INVALID_OPTION', /code: it must be the code, as text/],
  ['nesting without end', { code: '['.repeat(500_000) }, 400, 'INVALID_PROGRAM', /300 levels/],
  ['an unknown backend', { code: '1', backend: 'vm' }, 400, 'INVALID_OPTION', /it may be auto, isolate/],
  ['an unknown mode', { code: '1', mode: 'fast' }, 400, 'INVALID_OPTION', /worker, shared, pool, persistent/],
  ['an unknown language', { code: '1', language: 'python' }, 400, 'INVALID_OPTION', /javascript, typescript/],
  ['a timeout of nothing', { code: '1', timeout_ms: 0 }, 400, 'INVALID_OPTION', /from 1 to 60000; got 0/],
  ['a timeout without end', { code: '1', timeout_ms: 60_001 }, 400, 'INVALID_OPTION', /from 1 to 60000/],
  ['half a millisecond', { code: '1', timeout_ms: 0.5 }, 400, 'INVALID_OPTION', /whole number/],
  ['too little memory', { code: '1', memory_mb: 7 }, 400, 'INVALID_OPTION', /from 8 to 256/],
  ['too much memory', { code: '1', memory_mb: 257 }, 400, 'INVALID_OPTION', /from 8 to 256/],
  ['an unknown field', { code: '1', timeout: 5 }, 400, 'INVALID_OPTION', /timeout/],
]

test('each is refused with a code, and the server stays up', { timeout: 120_000 }, async (t) => {
  await using stage = await startExecute()
  for (const [what, body, status, code, message] of BODIES) {
    for (const path of ['/execute', '/api/executions']) {
      await t.test(`${path}: ${what}`, async () => {
        const answer = await stage.admin.ask('POST', path, { body: body as object })
        const { error } = answer.json() as Refusal
        assert.deepEqual([answer.status, error.code], [status, code], error.message)
        assert.match(error.message, message)
      })
    }
  }
  assert.equal((await stage.client.execute({ code: '1 + 1' })).output, 2)
  assert.equal((await stage.client.executions()).executions.length, 1)
})

test('a syntax error has its place', async () => {
  await using stage = await startExecute()
  const answer = await stage.admin.ask('POST', '/execute', { body: { code: 'const a = 1\nlet b = ;' } })
  const { error } = answer.json() as Refusal
  assert.deepEqual([answer.status, error.line, error.column], [400, 2, 9])
})

test('a body that is not JSON is refused', async () => {
  await using stage = await startExecute()
  const response = await fetch(`http://127.0.0.1:${stage.admin.port}/execute`, {
    method: 'POST',
    body: '{"code": ',
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(response.status, 400)
  assert.equal(((await response.json()) as Refusal).error.code, 'INVALID_REQUEST')
})

test('an output that is not JSON, or too much of it, is a failed run', async () => {
  await using stage = await startExecute()
  const codes: readonly (readonly [code: string, error: string])[] = [
    ['1n', 'OUTPUT_NOT_SERIALIZABLE'],
    ['const a = {}; a.a = a; a', 'OUTPUT_NOT_SERIALIZABLE'],
    ['const f = () => 1; f', 'OUTPUT_NOT_SERIALIZABLE'],
    ['"a".repeat(1024 * 1024)', 'RESPONSE_TOO_LARGE'],
  ]
  for (const [code, expected] of codes) {
    const { error, status } = await stage.client.execute({ code })
    assert.deepEqual([status, error?.code], ['failed', expected], code)
  }
})
