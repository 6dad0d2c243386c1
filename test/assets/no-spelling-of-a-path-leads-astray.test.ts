import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerAlone } from '../../src/host/assets/asset-answer.ts'
import { manifestOf, startSite } from '../support/site.ts'

const CONTENTS = { '/index.html': 'home', '/a/b.txt': 'b', '/%2e%2e/x': 'literal', '/__proto__/x': 'named so' }
const site = manifestOf(CONTENTS, { notFound: 'single-page-application' })

/** Nothing but a 404: such a path is no navigation of an application either. */
const REFUSED = [
  '/a/../index.html',
  '/../index.html',
  '/..',
  '/./index.html',
  '/a/%2e%2e/index.html',
  '/a/.%2E/index.html',
  '/a%2fb.txt',
  '/a%2Fb.txt',
  '/a%5cb.txt',
  '/a\\b.txt',
  '/%5c%5cevil.example',
  '/a%00/b.txt',
  '/a/b.txt%00',
  '/%c0%ae%c0%ae/index.html',
  '/%c0%af',
  '/%e0%80%af',
  '/%ff',
  '/%',
  '/%zz',
  '/%u002e',
]

test('a path that has a second meaning names no file', () => {
  for (const path of REFUSED) {
    const { content, response } = answerAlone(site, { method: 'GET', url: `http://s${path}`, headers: [] })
    assert.deepEqual([response.status, content], [404, undefined], path)
  }
})

test('percent-encoding is undone once', () => {
  const pathOf = (path: string): string | undefined =>
    answerAlone(site, { method: 'GET', url: `http://s${path}`, headers: [] }).content?.path
  assert.equal(pathOf('/a/%62.txt'), '/a/b.txt')
  assert.equal(pathOf('/%252e%252e/x'), '/%2e%2e/x')
  assert.equal(pathOf('/__proto__/x'), '/__proto__/x')
  assert.equal(pathOf('/constructor'), '/index.html')
})

test('over HTTP nothing beside the files is reached, and no other host', async () => {
  await using served = await startSite({ ...CONTENTS, '/evil.example/index.html': 'folder' })
  for (const path of [
    ...REFUSED.filter((refused) => !refused.includes('.')),
    '/../../etc/passwd',
    '/__proto__',
    '/constructor',
  ]) {
    assert.equal((await served.get(path)).status, 404, path)
  }
  for (const path of ['//evil.example', '//evil.example/', '/%2fevil.example', '/\\evil.example']) {
    const { headers } = await served.get(path)
    assert.doesNotMatch(headers.location ?? '', /^[/\\]{2}/, path)
  }
})
