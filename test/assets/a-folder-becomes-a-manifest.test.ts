import assert from 'node:assert/strict'
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { MAX_ASSET_BYTES } from '../../src/assets.ts'
import { collectAssets } from '../../src/bundle/collect-assets.ts'
import { parseIgnoreRules } from '../../src/bundle/ignore-rules.ts'
import { hashOf } from '../support/site.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('files are named, hashed and given their types; what is private stays', async () => {
  using dir = tmpDir({
    'index.html': '<p>home</p>',
    'img/ü b.png': 'png',
    'app.js': 'js',
    'data.json': '{}',
    noending: '',
    '.well-known/security.txt': 'mail',
    '.env': 'secret',
    '.git/config': 'secret',
    'node_modules/x/index.js': 'x',
    'sub/node_modules/y.js': 'y',
    'app.js.map': 'map',
    'keep.js.map': 'map',
    'drafts/a.html': 'draft',
    '.assetsignore': '# not for others\n*.map\n!keep.js.map\n/drafts/\n',
    _headers: '/*\n  x: y',
    'sub/_headers': 'a file like any other',
  })
  symlinkSync(join(dir.path, 'app.js'), join(dir.path, 'linked.js'))
  symlinkSync(join(dir.path, 'img'), join(dir.path, 'pictures'))
  const { manifest, read, warnings } = await collectAssets(dir.path, { notFound: '404-page' })
  assert.deepEqual(
    Object.entries(manifest.files).map(([path, { bytes, type }]) => `${path} ${bytes} ${type}`),
    [
      '/.well-known/security.txt 4 text/plain; charset=utf-8',
      '/app.js 2 text/javascript; charset=utf-8',
      '/data.json 2 application/json',
      '/img/ü b.png 3 image/png',
      '/index.html 11 text/html; charset=utf-8',
      '/keep.js.map 3 application/json',
      '/linked.js 2 text/javascript; charset=utf-8',
      '/noending 0 application/octet-stream',
      '/sub/_headers 21 application/octet-stream',
    ],
  )
  assert.deepEqual([manifest.notFound, manifest.workerFirst], ['404-page', false])
  assert.equal(manifest.files['/app.js']?.hash, hashOf('js'))
  assert.equal(Buffer.from(await read('/app.js')).toString(), 'js')
  await assert.rejects(read('/../secret'), { code: 'ENTRY_NOT_FOUND' })
  assert.deepEqual(warnings.toSorted(), [
    '_headers is not heeded, and not served',
    'pictures is a link to a folder, and not followed',
  ])
})

test('what cannot be deployed is said before', async () => {
  using outside = tmpDir({ secret: 'secret' })
  using dir = tmpDir({ 'a.txt': 'a' })
  await assert.rejects(collectAssets(join(dir.path, 'none')), { code: 'ENTRY_NOT_FOUND' })
  await assert.rejects(collectAssets(join(dir.path, 'a.txt')), { code: 'ENTRY_NOT_FOUND' })
  writeFileSync(join(dir.path, 'large.bin'), '')
  truncateSync(join(dir.path, 'large.bin'), MAX_ASSET_BYTES + 1)
  await assert.rejects(collectAssets(dir.path), { code: 'BUNDLE_FAILED', message: /^large\.bin has more than/ })
  truncateSync(join(dir.path, 'large.bin'), 0)
  symlinkSync(join(outside.path, 'secret'), join(dir.path, 'out.txt'))
  await assert.rejects(collectAssets(dir.path), { code: 'BUNDLE_FAILED', message: /out\.txt leads out/ })
})

test('ignore rules read as in a .gitignore', () => {
  const isIgnored = (rules: string, path: string): boolean => parseIgnoreRules(rules)({ path, type: 'file' })
  assert.equal(isIgnored('*.map', 'deep/in/a.map'), true)
  assert.equal(isIgnored('/*.map', 'deep/a.map'), false)
  assert.equal(isIgnored('a/**/z', 'a/z'), true)
  assert.equal(isIgnored('a/**/z', 'a/b/c/z'), true)
  assert.equal(isIgnored('**/z', 'a/z'), true)
  assert.equal(isIgnored('a/**', 'a/b/c'), true)
  assert.equal(isIgnored('a/**', 'a'), false)
  assert.equal(isIgnored('a?c', 'abc'), true)
  assert.equal(isIgnored('a.c', 'abc'), false)
  assert.equal(isIgnored('folder/', 'folder'), false)
  assert.equal(isIgnored('*\n!a', 'a'), false)
  assert.equal(isIgnored('\\#a', '#a'), true)
})
