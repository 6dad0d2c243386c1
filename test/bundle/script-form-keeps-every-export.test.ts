import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toScriptForm } from '../../src/bundle/script-form.ts'
import { startScript } from '../support/run-script-form.ts'
import type { Exports } from '../support/run-script-form.ts'

function run(code: string): Exports {
  const exports = startScript({ script: toScriptForm(code), parts: {} })
  assert.ok(!(exports instanceof Promise))
  return exports
}

function call(value: unknown): unknown {
  assert.equal(typeof value, 'function')
  return (value as () => unknown)()
}

const DEFAULTS: readonly (readonly [code: string, check: (value: unknown) => void])[] = [
  ['export default 5', (value) => assert.equal(value, 5)],
  ['export default(5)', (value) => assert.equal(value, 5)],
  ['export default[5]', (value) => assert.deepEqual([...(value as number[])], [5])],
  ['export  /* a */\n default\n{ a: 1 }', (value) => assert.equal((value as Exports)['a'], 1)],
  ['export default function () { return 1 }', (value) => assert.equal(call(value), 1)],
  ['export default function(){ return 1 }\n(function () {})()', (value) => assert.equal(call(value), 1)],
  ['export default function /* ( */ named() { return named.name }', (value) => assert.equal(call(value), 'named')],
  ['export default function /* ( */ () { return 1 }', (value) => assert.equal(call(value), 1)],
  ['export default function* () { yield 1 }', (value) => assert.deepEqual([...(call(value) as number[])], [1])],
  [
    'export default async function () {}',
    (value) => assert.equal(typeof (call(value) as Promise<void>).then, 'function'),
  ],
  ['export default async function*(){}', (value) => assert.equal(typeof value, 'function')],
  ['export default async () => {}', (value) => assert.equal(typeof value, 'function')],
  ['export default class { x = 1 }', (value) => assert.equal(typeof value, 'function')],
  ['export default class extends Array {}', (value) => assert.equal(typeof value, 'function')],
  ['export default class Named {}', (value) => assert.equal((value as () => void).name, 'Named')],
  ['const a = 1; export { a as default }', (value) => assert.equal(value, 1)],
  ['const __dflt = 1, __part = 2; export default __dflt + __part', (value) => assert.equal(value, 3)],
]

for (const [code, check] of DEFAULTS) test(`default: ${code}`, () => check(run(code)['default']))

test('named exports of every form', () => {
  const exports = run(`
    export const a = 1, { b, c: { d = 4 }, ...e } = { b: 2, c: {}, f: 6 }
    export let [g, , h = 8, ...i] = [7, 0]
    export var j
    export function k() {}
    export async function l() {}
    export class M {}
    const n = 9
    export { n, n as o, n as 'two words', n as __proto__ }
    export {}
  `)
  assert.deepEqual(
    Object.keys(exports).toSorted(),
    'M __proto__ a b d e g h i j k l n o,two words'.split(/ (?!words)|,/).toSorted(),
  )
  assert.deepEqual(
    [exports['a'], exports['b'], exports['d'], exports['g'], exports['h'], exports['two words']],
    [1, 2, 4, 7, 8, 9],
  )
  assert.equal(Object.getPrototypeOf(exports), null)
})

test('exports are read after the module has run', () => {
  assert.equal(run('export let a = 1; export { b }; let b = 1; a = b = 2')['a'], 2)
})

test('a list of names between two lines does not join them', () => {
  assert.equal(run('let a = 1\nlet b = a\nexport { a }\n(0, 1)\nexport { b }')['b'], 1)
})

test('code after a hashbang, before a trailing comment', () => {
  assert.equal(run('#!/usr/bin/env node\nexport const a = 1 // end')['a'], 1)
})
