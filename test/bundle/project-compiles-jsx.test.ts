import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { runScript } from '../support/run-script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const RUNTIME = 'export const jsx = (tag, { children }) => `<${tag}>${children}</${tag}>`, jsxs = jsx, jsxDEV = jsx'

test('with the automatic runtime, of React unless tsconfig.json says otherwise', async () => {
  for (const name of ['react', 'preact']) {
    using dir = tmpDir({
      'package.json': '{}',
      [`node_modules/${name}/jsx-runtime.js`]: RUNTIME,
      'src/index.tsx': 'export default <b>{1 as number}</b>',
    })
    if (name === 'preact')
      dir.write({ 'tsconfig.json': '{"compilerOptions":{"jsx":"react-jsx","jsxImportSource":"preact"}}' })
    const { bundle } = await bundleProject({ entry: `${dir.path}/src/index.tsx` })
    assert.equal((await runScript(bundle))['default'], '<b>1</b>')
  }
})

test('without file names in it, even where tsconfig.json asks for the development runtime', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'tsconfig.json': '{"compilerOptions":{"jsx":"react-jsxdev"}}',
    'node_modules/react/jsx-runtime.js': RUNTIME,
    'node_modules/react/jsx-dev-runtime.js': RUNTIME,
    'src/index.tsx': 'export default <b>{1}</b>',
  })
  const { bundle } = await bundleProject({ entry: `${dir.path}/src/index.tsx` })
  assert.equal((await runScript(bundle))['default'], '<b>1</b>')
  assert.ok(!bundle.script.includes(dir.path))
})
