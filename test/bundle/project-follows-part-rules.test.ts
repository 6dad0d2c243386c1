import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { runScript } from '../support/run-script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('files that rules name are parts, in packages as well; the first rule counts', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'src/index.ts': `
      import svg from './icon.svg'
      import table from '../data/table.dat'
      import add from './add.mod'
      import script from './scripts/client.js'
      import { own } from './own.js'
      import fromPackage from 'dep/logo.svg'
      export default { svg, table, add, script, own, fromPackage }
    `,
    'src/icon.svg': '<svg/>',
    'src/own.js': 'export const own = 1',
    'src/scripts/client.js': 'alert(1)',
    'src/add.mod': new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    'data/table.dat': new Uint8Array([1, 255]),
    'node_modules/dep/package.json': '{}',
    'node_modules/dep/logo.svg': '<svg id="dep"/>',
  })
  const { bundle, warnings, watchFiles } = await bundleProject({
    entry: `${dir.path}/src/index.ts`,
    partRules: [
      { type: 'text', globs: ['**/*.svg', 'src/scripts/*.js'] },
      { type: 'wasm', globs: ['*.mod'] },
      { type: 'data', globs: ['./data/**', '**/*.svg'] },
    ],
  })
  assert.deepEqual(warnings, [])
  const value = (await runScript(bundle))['default'] as Record<string, unknown>
  assert.equal(value['svg'], '<svg/>')
  assert.equal(value['script'], 'alert(1)')
  assert.equal(value['own'], 1)
  assert.equal(value['fromPackage'], '<svg id="dep"/>')
  assert.equal(String(value['add']), '[object WebAssembly.Module]')
  assert.ok(value['table'] instanceof ArrayBuffer)
  assert.deepEqual([...new Uint8Array(value['table'])], [1, 255])
  assert.ok(watchFiles.includes(`${dir.path}/data/table.dat`))
})
