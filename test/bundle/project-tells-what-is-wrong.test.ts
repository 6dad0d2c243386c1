import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import type { IsopodError } from '../../src/errors.ts'
import { tmpDir } from '../support/tmp-dir.ts'

async function failure(
  files: Record<string, string>,
  entry = 'src/index.ts',
): Promise<{ code: string; message: string }> {
  using dir = tmpDir({ 'package.json': '{}', ...files })
  try {
    await bundleProject({ root: dir.path, entry })
  } catch (error) {
    const { code, message } = error as IsopodError
    assert.ok(!message.includes(dir.path), message)
    return { code, message }
  }
  return assert.fail('bundled')
}

test('a missing entry, and an entry that is a folder', async () => {
  assert.equal((await failure({})).code, 'ENTRY_NOT_FOUND')
  assert.equal((await failure({ 'src/index.ts': '' }, 'src')).code, 'ENTRY_NOT_FOUND')
})

test('an entry outside the given root', async () => {
  using dir = tmpDir({ 'a/package.json': '{}', 'b.ts': '' })
  await assert.rejects(bundleProject({ root: `${dir.path}/a`, entry: '../b.ts' }), { code: 'INVALID_OPTION' })
})

test('a module that does not exist', async () => {
  assert.deepEqual(await failure({ 'src/index.ts': 'let a = 1\nimport b from "./nope"; export default a + b' }), {
    code: 'BUNDLE_FAILED',
    message: [
      `src/index.ts:2:15: cannot import "./nope": there is no such file`,
      '',
      '  2 | import b from "./nope"; export default a + b',
      '    |               ^',
    ].join('\n'),
  })
})

test('a package that is not installed', async () => {
  const { message } = await failure({ 'src/index.ts': 'import a from "left-pad"; export default a' })
  assert.match(message, /^src\/index\.ts:1:15: cannot import "left-pad": there is no such package; is it installed\?/)
})

test('a part that does not exist', async () => {
  for (const code of [
    'import a from "./a.txt"; export default a',
    'import a from "./a.svg" with { type: "text" }; export default a',
  ]) {
    assert.match(
      (await failure({ 'src/index.ts': code })).message,
      /^src\/index\.ts:1:15: cannot import "\.\/a\.(?:txt|svg)": there is no such file/,
    )
  }
})

test('a syntax error, at the end of a file too', async () => {
  assert.match(
    (await failure({ 'src/index.ts': 'let a\nlet b = ;' })).message,
    /^src\/index\.ts:2:9: Unexpected token\n\n {2}2 \| let b = ;\n/,
  )
  assert.match((await failure({ 'src/index.ts': 'let b = \n' })).message, /^src\/index\.ts:1:8: /)
})

test('an export that does not exist', async () => {
  const { message } = await failure({
    'src/index.ts': 'import { x } from "./a.ts"; export default x',
    'src/a.ts': 'export {}',
  })
  assert.match(message, /^src\/index\.ts:1:10: "x" is not exported by "src\/a\.ts"/)
})

test('a Node module, in the project or in a package', async () => {
  const reason = /^src\/index\.ts:1:16: cannot import "node:fs": workers have web APIs, not Node's modules\n\n {2}1 \| /
  assert.match((await failure({ 'src/index.ts': 'import fs from "node:fs"; export default fs' })).message, /:1:16: /)
  assert.match((await failure({ 'src/index.ts': 'import fs from "node:fs"; export default fs' })).message, reason)
  const { message } = await failure({
    'src/index.ts': 'export { default } from "dep"',
    'node_modules/dep/index.js': 'import { join } from "path"; export default join',
  })
  assert.match(message, /^node_modules\/dep\/index\.js:1:22: cannot import "path": /)
})

test('a Node module that may be missing is a warning, or nothing', async () => {
  using dir = tmpDir({
    'package.json': '{}',
    'index.ts': 'import "./lib.cjs"\nexport default () => import("node:fs")',
    'lib.cjs': 'try { require("node:util") } catch {}\nexports.f = () => require("node:vm")',
  })
  const { warnings } = await bundleProject({ root: dir.path, entry: 'index.ts' })
  const [first = '', second = '', ...rest] = warnings.toSorted()
  assert.deepEqual(rest, [])
  assert.match(first, /^index\.ts:2:29: cannot import "node:fs": .*throw if it runs/)
  assert.match(second, /^lib\.cjs:2:27: Could not resolve 'node:vm'/)
})

test('an error inside a package names the package, not the host', async () => {
  using dir = tmpDir({
    'node_modules/dep/index.js': 'let a = ;',
    'app/package.json': '{}',
    'app/index.ts': 'import "dep"',
  })
  await assert.rejects(bundleProject({ entry: `${dir.path}/app/index.ts` }), {
    message: /^node_modules\/dep\/index\.js:1:9: Unexpected token/,
  })
})

test('an address', async () => {
  const { message } = await failure({ 'src/index.ts': 'import a from "https://esm.sh/a"; export default a' })
  assert.match(message, /^src\/index\.ts:1:15: .*https:\/\/esm\.sh\/a/)
})
