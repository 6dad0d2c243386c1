import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programModule } from '../../src/backend/program/program-module.ts'

interface Loaded {
  readonly default: (input: unknown) => unknown
}

async function outputOf(code: string, input: unknown = null): Promise<unknown> {
  const { module } = programModule(code)
  const { default: run } = (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as Loaded
  return await run(input)
}

const INPUT = { a: 2 }

/** Code → its output for the input `{ a: 2 }`. */
const PROGRAMS: readonly (readonly [code: string, output: unknown])[] = [
  ['1 + 1', 2],
  ['input.a * 2;', 4],
  ['{ b: input.a }', { b: 2 }],
  ['await Promise.resolve(input.a)', 2],
  ['`${input.a}` // a comment', '2'],
  ['#!/usr/bin/env node\ninput.a', 2],
  ['\uFEFFinput.a', 2],
  ['(input) => input.a + 1', 3],
  ['async function named(input) { return input.a }', 2],
  ['(({ a }: { a: number }): number => a)', 2],
  ['export default (input) => input.a', 2],
  ['export default function (input: { a: number }): number { return input.a }', 2],
  ['export default { base: 1, execute(input) { return this.base + input.a } }', 3],
  ['export default { is: "the output" }', { is: 'the output' }],
  ['const run = (input) => input.a\nexport { run as default }', 2],
  ['import type { A } from "a"\nexport default (input: A) => input', INPUT],
  ['const b = input.a\nb + 1', 3],
  ['const b: number = input.a; return b', 2],
  ['if (input.a > 1) { return "large" }\n"small"', 'large'],
  ['const b = input.a', undefined],
  ['for (const b of [1]) b;', undefined],
  ['const b = 1\n;[b, 2].length', 2],
  ['const f = (x: number) => x\nf(3) as number', 3],
]

for (const [code, output] of PROGRAMS) {
  test(`${JSON.stringify(code)} gives ${JSON.stringify(output)}`, async () => {
    assert.deepEqual(await outputOf(code, INPUT), output)
  })
}

test('the language is found out', () => {
  assert.equal(programModule('const a = 1; a').language, 'javascript')
  assert.equal(programModule('const a: number = 1; a').language, 'typescript')
  assert.throws(() => programModule('const a: number = 1; a', 'javascript'), { code: 'INVALID_PROGRAM' })
})

test('globals of other platforms are noticed, and words in strings are not', () => {
  assert.deepEqual(programModule('Deno.cwd() + process.pid').platforms, ['Deno', 'process'])
  assert.deepEqual(programModule('"Deno." // process.pid').platforms, [])
})
