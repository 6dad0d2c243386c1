import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSite } from '../support/site.ts'

const SITE = {
  '/index.html': 'home',
  '/file.html': 'file',
  '/folder/index.html': 'folder',
  '/both.html': 'both page',
  '/both/index.html': 'both folder',
  '/bin': 'binary',
  '/bin.html': 'beside the binary',
  '/a b/ü.html': 'named freely',
  '/404.html': 'none',
}

/** Path → status and text, or where it redirects to. */
const CASES: readonly [path: string, answer: string][] = [
  ['/', '200 home'],
  ['/index.html', '307 /'],
  ['/index', '307 /'],
  ['/file', '200 file'],
  ['/file.html', '307 /file'],
  ['/file/', '307 /file'],
  ['/file/index', '307 /file'],
  ['/file/index.html', '307 /file'],
  ['/folder', '307 /folder/'],
  ['/folder.html', '307 /folder/'],
  ['/folder/', '200 folder'],
  ['/folder/index', '307 /folder/'],
  ['/folder/index.html', '307 /folder/'],
  ['/both', '200 both page'],
  ['/both/', '200 both folder'],
  ['/both.html', '307 /both'],
  ['/both/index.html', '307 /both/'],
  ['/bin', '200 binary'],
  ['/bin.html', '200 beside the binary'],
  ['/bin/', '404 '],
  ['/file.html?a=1&b=%20', '307 /file?a=1&b=%20'],
  ['/a%20b/%C3%BC', '200 named freely'],
  ['/a%20b/%c3%bc.html', '307 /a%20b/%C3%BC'],
  ['/FILE', '404 '],
  ['/file//', '404 '],
  ['//file', '404 '],
  ['/none', '404 '],
]

test('HTML files answer where they are expected, and are redirected there from elsewhere', async (t) => {
  await using site = await startSite(SITE)
  for (const [path, expected] of CASES) {
    await t.test(path, async () => {
      const { headers, status, text } = await site.get(path)
      assert.equal(`${status} ${headers.location ?? text}`, expected)
    })
  }
  assert.equal(site.records.length, 0)
})
