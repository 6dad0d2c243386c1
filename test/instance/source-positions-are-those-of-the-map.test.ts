import assert from 'node:assert/strict'
import { SourceMap } from 'node:module'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { readSourceMap } from '../../src/instance/source-positions.ts'

function compare(text: string, script: string): number {
  const lookUp = readSourceMap(text)
  assert.ok(lookUp)
  const reference = new SourceMap(JSON.parse(text))
  let checked = 0
  for (const [line, code] of script.split('\n').entries()) {
    for (let column = 0; column < code.length; column += 17) {
      const entry = reference.findEntry(line, column)
      const expected =
        'originalSource' in entry && entry.generatedLine === line
          ? {
              source: entry.originalSource,
              line: entry.originalLine,
              column: entry.originalColumn + column - entry.generatedColumn,
            }
          : undefined
      assert.deepEqual(lookUp(line, column), expected, `${line}:${column}`)
      checked += 1
    }
  }
  return checked
}

const FUNCTION = (i: number): string =>
  `export function f${i}<T>(value: T, other: number = ${i}): unknown {\n  return [value, other].map((each) => ({ each, text: \`\${each}\` }))\n}\n`

test('of a bundle of three megabytes, as of Node’s own reader', () => {
  const source = Array.from({ length: 20_000 }, (_, i) => FUNCTION(i)).join('')
  const { script, sourceMap = '' } = bundleSource(source, { language: 'ts' })
  assert.ok(script.length > 2_500_000)
  assert.ok(compare(sourceMap, script) > 100_000)
})

test('of one long line with gaps', () => {
  const segments = Array.from({ length: 20_000 }, (_, i) => (i % 7 === 3 ? 'G' : i % 2 === 0 ? 'IAAI' : 'KACH')).join(
    ',',
  )
  const text = JSON.stringify({ version: 3, sources: ['a.js'], names: [], mappings: `;;${segments};;${segments}` })
  const lookUp = readSourceMap(text)
  assert.ok(lookUp)
  assert.equal(lookUp(0, 5), undefined)
  assert.equal(lookUp(3, 5), undefined)
  assert.deepEqual(lookUp(2, 4), { source: 'a.js', line: 0, column: 4 })
  assert.ok(lookUp(4, 50_000))
})
