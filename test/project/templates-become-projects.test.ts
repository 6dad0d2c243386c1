import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { createProject, TEMPLATES, TEMPLATES_FOLDER } from '../../src/project/create-project.ts'
import { readProject } from '../../src/project/read-project.ts'
import { startRuntime } from '../support/runtime.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('the folder of templates has exactly those there are', () => {
  assert.deepEqual(readdirSync(TEMPLATES_FOLDER).toSorted(), TEMPLATES.toSorted())
})

for (const template of TEMPLATES) {
  test(`${template} is a project that bundles and loads`, async () => {
    // Where it is, packages it names are found in Isopod's own node_modules.
    const { entry = '', warnings, mode, assets } = await readProject(join(TEMPLATES_FOLDER, template))
    assert.deepEqual(warnings, [])
    assert.ok(assets === undefined || existsSync(assets.folder))
    const bundled = await bundleProject({ entry })
    assert.deepEqual(bundled.warnings, [])
    await using started = startRuntime()
    await started.runtime.load({ worker: 'made', bundle: bundled.bundle, ...(mode === undefined ? {} : { mode }) })
  })

  test(`${template} is copied with the name of the worker`, async () => {
    using dir = tmpDir()
    const folder = join(dir.path, 'made/here')
    const files = await createProject(folder, { template, name: 'shop' })
    const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    assert.equal(written.length, files.length)
    for (const file of ['.gitignore', 'README.md', 'isopod.jsonc', 'package.json', 'src/index.ts', 'tsconfig.json']) {
      assert.ok(files.includes(file), file)
    }
    for (const file of files) assert.ok(!readFileSync(join(folder, file), 'utf8').includes('my-worker'), file)
    assert.equal((await readProject(folder)).worker, 'shop')
    assert.equal(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name, 'shop')
  })
}

test('templates answer', async () => {
  for (const [template, path, answer] of [
    ['hello', '/ada', 'Hello from /ada\n'],
    ['hono', '/hello/ada', '{"hello":"ada"}'],
    ['websocket', '/', 'Ask for a WebSocket.\n'],
  ] as const) {
    const { bundle } = await bundleProject({ entry: join(TEMPLATES_FOLDER, template, 'src/index.ts') })
    await using started = startRuntime()
    await started.runtime.load({ worker: 'made', bundle })
    assert.equal((await started.fetch('made', path)).text, answer)
  }
})

test('a folder with files in it stays as it is', async () => {
  using dir = tmpDir({ 'notes.txt': 'mine' })
  await assert.rejects(createProject(dir.path, { template: 'hello', name: 'shop' }), {
    code: 'INVALID_OPTION',
    message: `${dir.path} is not empty: it has notes.txt. Nothing was written.`,
  })
  assert.deepEqual(readdirSync(dir.path), ['notes.txt'])
})

test('a repository without files is as good as an empty folder', async () => {
  using dir = tmpDir({ '.git/HEAD': 'ref: refs/heads/main' })
  assert.ok((await createProject(dir.path, { template: 'hello', name: 'shop' })).includes('isopod.jsonc'))
})

test('a template that is not there, and a name that no worker can have, are refused', async () => {
  using dir = tmpDir()
  const folder = join(dir.path, 'new')
  await assert.rejects(createProject(folder, { template: 'react' as 'hello', name: 'shop' }), {
    code: 'INVALID_OPTION',
    message: 'There is no template "react"; there are hello, hono, kv, assets, cron, websocket.',
  })
  await assert.rejects(createProject(folder, { template: 'hello', name: '../shop' }), { code: 'INVALID_WORKER_ID' })
  assert.ok(!existsSync(folder))
})
