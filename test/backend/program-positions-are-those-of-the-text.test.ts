import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programModule } from '../../src/backend/program/program-module.ts'
import { originalPosition } from '../../src/backend/program/program-positions.ts'
import { positionOf } from '../../src/problem-text.ts'

const TEXTS = [
  'HERE + 1',
  '(input) => HERE',
  'export default HERE',
  'export default (input) => HERE',
  'const a = 1; HERE',
  'const a = 1\n  HERE + a',
  'const a: number = 1\nconst b: string = "é😀"; HERE as number',
  'if (input) { HERE }\nconst b = 1',
]

for (const text of TEXTS) {
  test(`of ${JSON.stringify(text)}`, () => {
    const { module, shifts } = programModule(text)
    const found = originalPosition(positionOf(module, module.indexOf('HERE')), shifts)
    assert.deepEqual(found, positionOf(text, text.indexOf('HERE')))
  })
}

test('what was put in is shown as what stood there', () => {
  const { module, shifts } = programModule('const a = 1\n  a')
  assert.deepEqual(originalPosition(positionOf(module, module.indexOf('return')), shifts), { line: 2, column: 3 })
})
