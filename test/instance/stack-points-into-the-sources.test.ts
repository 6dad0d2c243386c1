import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { createStackMapper } from '../../src/instance/stack-trace.ts'
import type { Bundle } from '../../src/version.ts'
import { runScript } from '../support/run-script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

/** The stack of what the default export, or one it calls, throws. */
async function stackOf(bundle: Bundle): Promise<string> {
  const run = (await runScript(bundle))['default'] as () => Promise<void>
  try {
    await run()
  } catch (error) {
    return createStackMapper(bundle)((error as Error).stack ?? '')
  }
  return assert.fail('did not throw')
}

test('of a project, through its dependencies', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'src/index.ts': [
      'import { lib } from "lib"',
      'interface Unused { a: string }',
      'export default async function handler(): Promise<void> {',
      '  await null',
      '  lib(() => { throw new TypeError("line 1\\nline 2") })',
      '}',
    ].join('\n'),
    'node_modules/lib/index.js': '// a comment\nexport function lib(f) {\n  return [1].map(() => f())\n}',
  })
  for (const minify of [false, true]) {
    const { bundle } = await bundleProject({ entry: `${dir.path}/src/index.ts`, minify })
    const stack = await stackOf(bundle)
    assert.match(stack, /^TypeError: line 1\nline 2\n/)
    const places = [
      'src/index.ts:5:21',
      'node_modules/lib/index.js:3:24',
      'node_modules/lib/index.js:3:14',
      'src/index.ts:5:3',
    ]
    // Minified, `new TypeError()` is `TypeError()`, which begins elsewhere.
    if (minify) places[0] = 'src/index.ts:5:25'
    assert.deepEqual(stack.match(/[\w/.]+:\d+:\d+/g), places)
    assert.match(stack, /\n {4}at Array\.map \(<anonymous>\)\n/)
  }
})

test('of a text, on its first line and on others', async () => {
  for (const language of ['js', 'ts'] as const) {
    const code = 'export default () => inner(); function inner() { throw new Error("x") }'
    const first = await stackOf(bundleSource(code, { language }))
    assert.deepEqual(first.match(/index.*\d/g), [`index.${language}:1:56`, `index.${language}:1:22`])
    const second = await stackOf(bundleSource(`let a\n/**/\n${code}`, { language }))
    assert.deepEqual(second.match(/index.*\d/g), [`index.${language}:3:56`, `index.${language}:3:22`])
  }
})

test('of a bundle without a source map', () => {
  assert.equal(
    createStackMapper({ script: '', parts: {} })('Error: x\n    at f (worker.js:1:2)'),
    'Error: x\n    at f (worker.js:1:2)',
  )
})
