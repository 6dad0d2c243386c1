import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProgramReader } from '../../src/backend/program/program-reader.ts'

test('others in the line are read by the next process', { timeout: 60_000 }, async () => {
  using reader = new ProgramReader()
  await reader.program('1')
  // A hundred thousand problems, each told.
  const slow = assert.rejects(reader.program('let same = 1;'.repeat(80_000)), {
    code: 'INVALID_PROGRAM',
    message: /within 2 s|already been declared/,
  })
  const [program] = await Promise.all([reader.program('2 + 2'), slow])
  assert.match(program.module, /2 \+ 2/)
})

test('after its end it reads nothing', async () => {
  const reader = new ProgramReader()
  await reader.program('1')
  reader[Symbol.dispose]()
  await assert.rejects(reader.program('1'), { code: 'INVALID_PROGRAM' })
})
