import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { runScript } from '../support/run-script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const FILES = {
  'package.json': '{}',
  'node_modules/dual/package.json':
    '{"exports":{".":{"node":"./node.js","workerd":{"import":"./w.mjs","require":"./w.cjs"},"import":"./i.mjs"}}}',
  'node_modules/dual/w.mjs': 'export const format = "esm"',
  'node_modules/dual/w.cjs': 'exports.format = "cjs"',
  'node_modules/@scope/old/package.json': '{"main":"main.js","browser":{"./node.js":"./browser.js","fs":false}}',
  'node_modules/@scope/old/main.js': 'require("fs"); module.exports = [require("./node.js"), require("dual").format]',
  'node_modules/@scope/old/node.js': 'module.exports = "node"',
  'node_modules/@scope/old/browser.js': 'module.exports = "browser"',
  'node_modules/buffer/package.json': '{"main":"index.js"}',
  'node_modules/buffer/index.js': 'exports.Buffer = "npm"',
  'node_modules/careful/index.js': 'let a; try { a = require("crypto") } catch { a = "none" }; exports.a = a',
}

test('conditions, CommonJS, the browser field, packages named like Node modules', async () => {
  using dir = tmpDir({
    ...FILES,
    'src/index.ts': `
      import { format } from 'dual'
      import old from '@scope/old'
      import { Buffer } from 'buffer'
      import { a } from 'careful'
      import { other } from './other.js'
      import json from './data.json'
      const lazy = await import('./lazy.ts')
      export default [format, ...old, Buffer, a, other, json.a, lazy.default, process.env.NODE_ENV, import.meta.url].join()
      export const { named }: { named: number } = { named: 7 }
    `,
    'src/other.ts': 'export const other: string = "other"',
    'src/lazy.ts': 'export default "lazy"',
    'src/data.json': '{"a":"json"}',
  })
  const { bundle } = await bundleProject({ entry: `${dir.path}/src/index.ts` })
  const exports = await runScript(bundle)
  assert.equal(exports['default'], 'esm,browser,cjs,npm,none,other,json,lazy,production,file:///worker.js')
  assert.equal(exports['named'], 7)
})

test('a CommonJS entry exports by default', async () => {
  using dir = tmpDir({ 'package.json': '{}', 'index.js': 'module.exports = { fetch: 1 }' })
  const { bundle } = await bundleProject({ root: dir.path, entry: 'index.js' })
  assert.deepEqual({ ...((await runScript(bundle))['default'] as object) }, { fetch: 1 })
})

test('what is not used is left out, names are kept, and minified code works', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'index.ts': 'import { used } from "./lib.ts"; export default used',
    'lib.ts':
      'export function used(longParameter: number) { return longParameter + 1 }; export const unused = "UNUSED"',
  })
  const plain = await bundleProject({ root: dir.path, entry: 'index.ts' })
  const small = await bundleProject({ root: dir.path, entry: 'index.ts', minify: true })
  assert.ok(!plain.bundle.script.includes('UNUSED'))
  assert.ok(!small.bundle.script.includes('longParameter'))
  for (const { bundle } of [plain, small]) {
    const used = (await runScript(bundle))['default'] as (n: number) => number
    assert.deepEqual([used.name, used(1)], ['used', 2])
  }
})
