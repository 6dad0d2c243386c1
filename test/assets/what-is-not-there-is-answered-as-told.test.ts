import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSite } from '../support/site.ts'

const CONTENTS = { '/index.html': 'app', '/404.html': 'none here', '/docs/404.html': 'no such page', '/a.js': 'js' }

test('nothing unless told', async () => {
  await using site = await startSite(CONTENTS)
  const { status, text } = await site.get('/x')
  assert.deepEqual([status, text], [404, ''])
})

test('the nearest 404 page', async () => {
  await using site = await startSite(CONTENTS, { notFound: '404-page' })
  const answers: Record<string, string> = {
    '/x': '404 none here',
    '/docs/x': '404 no such page',
    '/docs/x/y/z/': '404 no such page',
    '/a.js': '200 js',
    '/%ff': '404 ',
  }
  for (const [path, expected] of Object.entries(answers)) {
    const { headers, status, text } = await site.get(path, { headers: { 'if-none-match': '*', range: 'bytes=0-1' } })
    if (path === '/a.js') assert.equal(status, 304)
    else assert.equal(`${status} ${text}`, expected)
    assert.equal(headers['content-range'], undefined)
  }
})

test('the page of a single-page application', async () => {
  await using site = await startSite(CONTENTS, { notFound: 'single-page-application' })
  for (const path of ['/', '/x', '/x/y?z']) {
    const { status, text } = await site.get(path)
    assert.deepEqual([status, text], [200, 'app'], path)
  }
  assert.equal((await site.get('/a.js')).text, 'js')
  assert.equal(site.records.length, 0)
})

test('without a worker there is nothing but GET and HEAD', async () => {
  await using site = await startSite(CONTENTS, { notFound: 'single-page-application' })
  for (const [method, path] of [
    ['POST', '/'],
    ['PUT', '/x'],
    ['DELETE', '/a.js'],
    ['OPTIONS', '/'],
  ] as const) {
    const { headers, status, text } = await site.get(path, {
      method,
      ...(method === 'POST' || method === 'PUT' ? { body: 'some' } : {}),
    })
    assert.deepEqual([status, headers.allow, text], [405, 'GET, HEAD', ''], method)
  }
})
