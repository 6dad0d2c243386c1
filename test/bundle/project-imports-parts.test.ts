import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { runScript } from '../support/run-script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const WASM = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])

test('text, data and WebAssembly arrive as values, and only the used ones are in the bundle', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'src/index.ts': `
      import page from './page.html'
      import data from '../assets/blob.bin'
      import add from './add.wasm'
      import same from './add.wasm?module'
      import unused from './unused.txt'
      import svg from './icon.svg' with { type: 'text' }
      import bytes from './page.html' with {
        type: "bytes"
      }
      export { default as again } from './icon.svg' with { type: 'text' }
      import json from './a.json' with { type: 'json' }
      import dep from 'dep'
      const __part = 'mine'
      export default { page, data, add, same, svg, bytes, json, dep, __part }
    `,
    'src/page.html': '\uFEFF<p>ü',
    'src/unused.txt': 'x',
    'src/icon.svg': '<svg/>',
    'src/a.json': '[1]',
    'src/add.wasm': WASM,
    'assets/blob.bin': new Uint8Array([1, 255]),
    'node_modules/dep/index.js': 'module.exports = require("./a.sql")',
    'node_modules/dep/a.sql': 'SELECT 1',
  })
  const { bundle, watchFiles } = await bundleProject({ entry: `${dir.path}/src/index.ts` })
  assert.deepEqual(Object.keys(bundle.parts).toSorted(), [
    'assets/blob.bin',
    'node_modules/dep/a.sql',
    'src/add.wasm',
    'src/icon.svg?text',
    'src/page.html',
    'src/page.html?data',
  ])
  const { default: value, again } = (await runScript(bundle)) as { default: Record<string, unknown>; again: unknown }
  assert.equal(value['page'], '<p>ü')
  assert.equal(value['svg'], '<svg/>')
  assert.equal(again, '<svg/>')
  assert.ok(value['data'] instanceof ArrayBuffer)
  assert.deepEqual([...new Uint8Array(value['data'])], [1, 255])
  for (const name of ['add', 'same']) assert.equal(String(value[name]), '[object WebAssembly.Module]')
  assert.deepEqual([...(value['bytes'] as Uint8Array)], [...new TextEncoder().encode('\uFEFF<p>ü')])
  assert.equal(value['__part'], 'mine')
  assert.equal((value['dep'] as { default?: string }).default ?? value['dep'], 'SELECT 1')
  assert.ok(watchFiles.includes(`${dir.path}/src/page.html`))
})

test('a file that is not WebAssembly is refused', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'index.ts': 'import a from "./a.wasm"; export default a',
    'a.wasm': '(module)',
  })
  await assert.rejects(bundleProject({ root: dir.path, entry: 'index.ts' }), {
    code: 'BUNDLE_FAILED',
    message: 'a.wasm: not a WebAssembly binary',
  })
})
