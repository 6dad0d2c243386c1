import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const says = (text: string): string => `export default { fetch: () => new Response("${text}") }`

test('an import saved before the file it names is tried again when the file comes', async () => {
  using dir = tmpDir({ 'app.ts': says('old') })
  await using serve = await startServe(['app.ts'], { cwd: dir.path })
  dir.write({ 'app.ts': 'import { text } from "./late"\nexport default { fetch: () => new Response(text) }' })
  await serve.saw('the last good version goes on')
  dir.write({ 'late.ts': 'export const text = "late"' })
  await serve.saw('app: reloaded')
  assert.equal((await serve.get('app')).text, 'late')
  dir.write({ 'late.ts': 'export const text = "later"' })
  await serve.saw('app: reloaded', 2)
  assert.equal((await serve.get('app')).text, 'later')
})

test('a folder that is removed and comes back, as by a checkout', async () => {
  using dir = tmpDir({ 'package.json': '{}', 'src/app.ts': says('old') })
  await using serve = await startServe(['src/app.ts'], { cwd: dir.path })
  rmSync(join(dir.path, 'src'), { recursive: true })
  await serve.saw('the last good version goes on')
  assert.equal((await serve.get('app')).text, 'old')
  dir.write({ 'src/app.ts': says('new') })
  await serve.saw('app: reloaded')
  assert.equal((await serve.get('app')).text, 'new')
  dir.write({ 'src/app.ts': says('newer') })
  await serve.saw('app: reloaded', 2)
  assert.equal((await serve.get('app')).text, 'newer')
})

test('an editor that saves by renaming another file over it', async () => {
  using dir = tmpDir({ 'app.ts': says('old') })
  await using serve = await startServe(['app.ts'], { cwd: dir.path })
  for (const times of [1, 2]) {
    dir.write({ 'app.ts.tmp': says(`new ${times}`) })
    renameSync(join(dir.path, 'app.ts.tmp'), join(dir.path, 'app.ts'))
    await serve.saw('app: reloaded', times)
    assert.equal((await serve.get('app')).text, `new ${times}`)
  }
})
