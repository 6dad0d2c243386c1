import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import type { IsopodError } from '../../src/errors.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const FLAG = { 'package.json': '{ "isopod": { "compatibility_flags": ["nodejs_compat"] } }' }

async function failure(files: Record<string, string>): Promise<string> {
  using dir = tmpDir({ 'package.json': '{}', ...files })
  try {
    await bundleProject({ root: dir.path, entry: 'src/index.ts' })
  } catch (error) {
    assert.equal((error as IsopodError).code, 'BUNDLE_FAILED')
    return (error as Error).message
  }
  return assert.fail('bundled')
}

test('without the flag the error says what the flag would do', async () => {
  for (const name of ['node:util', 'util', 'node:async_hooks']) {
    const message = await failure({ 'src/index.ts': `export let a = 1\nexport * from "${name}"` })
    assert.equal(
      message.split('\n')[0],
      `src/index.ts:2:15: cannot import "${name}": workers have web APIs, not Node's modules; the compatibility flag "nodejs_compat" would give them this one`,
    )
  }
  assert.doesNotMatch(await failure({ 'src/index.ts': 'import "node:fs"' }), /nodejs_compat/)
})

test('with the flag the error names what there is, wherever the import is', async () => {
  const own = await failure({ ...FLAG, 'src/index.ts': 'import { readFile } from "fs"; export default readFile' })
  assert.match(
    own,
    /^src\/index\.ts:1:26: cannot import "fs": workers do not have this module of Node's; nodejs_compat gives them node:async_hooks, node:buffer, /,
  )
  const dependency = await failure({
    ...FLAG,
    'src/index.ts': 'export { default } from "dep"',
    'node_modules/dep/index.js': '\nimport { connect } from "node:net"; export default connect',
  })
  assert.match(dependency, /^node_modules\/dep\/index\.js:2:25: cannot import "node:net": /)
})

test('a member that a module does not have is told with its module', async () => {
  const message = await failure({
    ...FLAG,
    'src/index.ts': 'import { createHook } from "node:async_hooks"; export default createHook',
  })
  assert.match(message, /^src\/index\.ts:1:10: "createHook" is not exported by "node:async_hooks"/)
})

test('flags that there are not', async () => {
  using dir = tmpDir({
    'index.ts': 'export default 1',
    'package.json': '{ "isopod": { "compatibility_flags": ["nodejs"] } }',
  })
  const reason = { code: 'INVALID_OPTION', message: /\["nodejs"\]: they must be a list of nodejs_compat/ }
  await assert.rejects(bundleProject({ root: dir.path, entry: 'index.ts' }), reason)
  const flags = { compatibilityFlags: ['nodejs'] as never }
  await assert.rejects(bundleProject({ root: dir.path, entry: 'index.ts', ...flags }), reason)
})
