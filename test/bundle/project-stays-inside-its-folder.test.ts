import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { runScript } from '../support/run-script-form.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const SECRETS = { 'secret.ts': 'export default "SECRET"', 'secret.txt': 'SECRET', 'secret.json': '"SECRET"' }
const ATTACKS = [
  'import a from "../secret.ts"',
  'import a from "../secret.txt"',
  'import a from "../secret" with { type: "text" }',
  'import a from "../secret.txt" with { type: "bytes" }',
  'import a from "../secret.json"',
  'import a from "DIR/secret.ts"',
  'import a from "DIR/secret.txt"',
  'import a from "file://DIR/secret.ts"',
  'import a from "./linked.txt"',
  'import a from "./../project/../secret.ts"',
  'import a from "aliased"',
  'import a from "evil"',
  'import a from "evil-alias"',
  'const a = require("../secret.ts")',
  'const { default: a } = await import("../secret.ts")',
  'export { default as b } from "../secret.ts"; const a = 1',
]

for (const attack of ATTACKS) {
  test(`refused: ${attack}`, async () => {
    using dir = tmpDir({
      ...SECRETS,
      secret: 'SECRET',
      'project/package.json': '{}',
      'project/tsconfig.json': '{"compilerOptions":{"paths":{"aliased":["../secret.ts"]}}}',
      'project/.env': 'SECRET',
      'project/node_modules/evil/index.js': 'import a from "../../.env" with { type: "text" }; export default a',
      'project/node_modules/evil-alias/package.json': '{"browser":{"./a.js":"../../../secret.ts"},"main":"index.js"}',
      'project/node_modules/evil-alias/index.js': 'import a from "./a.js"; export default a',
      'project/node_modules/evil-alias/a.js': 'throw 1',
    })
    symlinkSync(`${dir.path}/secret.txt`, `${dir.path}/project/linked.txt`)
    dir.write({ 'project/index.ts': `${attack.replace('DIR', dir.path)}; export default a` })
    await assert.rejects(bundleProject({ entry: `${dir.path}/project/index.ts` }), (error: Error) => {
      assert.match(error.message, /cannot import .*: (?:it is (?:not a file|outside)|there is no)/)
      assert.doesNotMatch(error.message.replace(/"[^"]*"/g, ''), new RegExp(dir.path))
      return true
    })
  })
}

test('packages above the project, linked workspaces and their dependencies are fine', async () => {
  using dir = tmpDir({
    'node_modules/hoisted/index.js': 'export { default } from "./lib/a.js"',
    'node_modules/hoisted/lib/a.js': 'export { default } from "peer"',
    'node_modules/peer/index.js': 'export default "peer"',
    'libs/shared/package.json': '{"exports":"./src/index.ts"}',
    'libs/shared/src/index.ts': 'import { b } from "../b.ts"; import c from "own"; export default b + c',
    'libs/shared/b.ts': 'export const b: string = "b"',
    'libs/shared/node_modules/own/index.js': 'export default "own"',
    'app/package.json': '{"imports":{"#here":"./here.ts"}}',
    'app/here.ts': 'export default "here"',
    'app/src/index.ts': `
      import hoisted from 'hoisted'; import shared from '@acme/shared'; import here from '#here'
      export default [hoisted, shared, here].join()`,
  })
  mkdirSync(`${dir.path}/app/node_modules/@acme`, { recursive: true })
  symlinkSync('../../../libs/shared', `${dir.path}/app/node_modules/@acme/shared`)
  const { bundle } = await bundleProject({ entry: `${dir.path}/app/src/index.ts` })
  assert.equal((await runScript(bundle))['default'], 'peer,bown,here')
  const { sources } = JSON.parse(bundle.sourceMap ?? '{}') as { sources: string[] }
  assert.ok(
    sources.includes('node_modules/@acme/shared/src/index.ts') && sources.includes('node_modules/peer/index.js'),
  )
  assert.ok(sources.every((source) => !source.includes('..') && !source.startsWith('/')))
})

test('an absolute path inside the project is inside the project', async () => {
  using dir = tmpDir({ 'package.json': '{}', 'a.ts': 'export default 1' })
  dir.write({ 'index.ts': `export { default } from "${dir.path}/a.ts"` })
  const { bundle } = await bundleProject({ root: dir.path, entry: 'index.ts' })
  assert.ok(!bundle.script.includes(dir.path) && !bundle.sourceMap?.includes(`sources":["${dir.path}`))
})
