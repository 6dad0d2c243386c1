import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertScriptForm, toScriptForm } from '../../src/bundle/script-form.ts'

const MODULES = [
  'let a = 1, b = 2; export default a <!--b',
  'let a = 1; a\n--> 0\nexport default a',
  'export default 1 /*\n*/ --> 0',
  'import a from "a"; export default a',
  'export * from "a"',
  'export { a } from "a"',
]

for (const code of MODULES) {
  test(`module: ${JSON.stringify(code)}`, () => {
    assert.throws(() => toScriptForm(code), { name: 'IsopodError', code: /INVALID_BUNDLE|BUNDLE_FAILED/ })
  })
}

test('the same characters inside a text are nobody’s comment', () => {
  toScriptForm('export default ["<!-- a -->", `\n--> a`, /<!--/]')
})

test('the form itself', () => {
  assertScriptForm(toScriptForm('export default 1'))
  assertScriptForm('__isopod__(function (part) {});0')
  assertScriptForm('__isopod__(async function (__part) { await 1 });0;'.slice(0, -1))
})

const SCRIPTS = [
  '',
  '0',
  'while (true);',
  '__isopod__(function (__part) {})',
  '__isopod__(function (__part) {});1',
  '__isopod__(function (__part) {});0;0',
  'evil();__isopod__(function (__part) {});0',
  '__isopod__(function (__part) {}, evil());0',
  '__isopod__(function (__part) {}(evil()));0',
  '__isopod__(function (__part) {})(evil());0',
  '__isopod__(function (__part = evil()) {});0',
  '__isopod__(function (__part, other) {});0',
  '__isopod__(function () {});0',
  '__isopod__(function* (__part) {});0',
  '__isopod__((__part) => {});0',
  '__isopod__?.(function (__part) {});0',
  'evil(function (__part) {});0',
  '(evil(), __isopod__)(function (__part) {});0',
  '__isopod__(...[function (__part) {}]);0',
  '"use strict";__isopod__(function (__part) {});0',
  '#!x\n__isopod__(function (__part) {});0',
  '<!-- x\n__isopod__(function (__part) {});0',
  '__isopod__(function (__part) {\n--> });evil();(function () {\n});0',
  'import "x";__isopod__(function (__part) {});0',
  '__isopod__(function (__part) {);0',
]

for (const script of SCRIPTS) {
  test(`script: ${JSON.stringify(script)}`, () =>
    assert.throws(() => assertScriptForm(script), { code: 'INVALID_BUNDLE' }))
}

test('a module cannot close the function it is put into', () => {
  for (const code of ['}});evil();(function(){{', '}', 'export default 1 }']) {
    assert.throws(() => toScriptForm(code), { code: 'BUNDLE_FAILED' })
  }
})
