import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'

const root = join(import.meta.dirname, '..', '..')
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory())

for (const { name } of examples) {
  test(name, async () => {
    const { bundle, warnings, watchFiles } = await bundleProject({
      entry: join(root, 'examples', name, 'src', 'index.ts'),
    })
    assert.deepEqual(warnings, [])
    assert.ok(watchFiles.includes(join(root, 'examples', name, 'src', 'index.ts')))
    assert.ok(!bundle.script.includes(root) && !bundle.sourceMap?.includes(root), 'a host path')
    assert.equal(Object.keys(bundle.parts).length, name === 'wasm' ? 1 : 0)
  })
}
