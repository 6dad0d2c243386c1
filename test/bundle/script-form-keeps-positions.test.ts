import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toScriptForm } from '../../src/bundle/script-form.ts'

const MODULES = [
  'export const a = 1; "X"',
  'export default {}; "X"',
  'export default function () {} "X"',
  'export default async function () {}\n"X"',
  'export\ndefault\nclass {}\n"X"',
  'const a = "😀"; export { a }; "X"',
  'const a = 1\nexport {\n  a\n}\n  "X"',
  'const a = import.meta.url; "X"',
  'a = import\n.meta.url; var a; "X"',
]

for (const code of MODULES) {
  test(JSON.stringify(code), () => {
    const script = toScriptForm(code)
    const line = code.split('\n').findIndex((text) => text.includes('"X"'))
    const found = script.split('\n')[line] ?? ''
    // The first line moves by the prefix, which ends where the module's block begins.
    const text =
      line === 0 ? found.slice(/^__isopod__\(.*?\{.*?; \{(?: const __meta = .*?;)? /.exec(found)?.[0].length) : found
    assert.equal(text.indexOf('"X"'), code.split('\n')[line]?.indexOf('"X"'))
  })
}
