import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { PAGES, readPage, root } from '../support/doc-examples.ts'

/** As GitHub makes them. */
function anchors(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(({ 1: heading = '' }) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(/\s/g, '-'),
  )
}

for (const page of [...PAGES, 'CHANGELOG.md', 'ARCHITECTURE.md', 'SECURITY.md']) {
  test(page, () => {
    for (const { 1: target = '' } of readPage(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? join(root, page) : join(root, dirname(page), path)
      assert.ok(existsSync(file), `${target} does not exist`)
      if (anchor === undefined || statSync(file).isDirectory()) continue
      assert.ok(anchors(readPage(relative(root, file))).includes(anchor), `${target} is no heading`)
    }
  })
}

test('commands of npm that the pages name exist', () => {
  const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Readonly<Record<string, string>> }
  for (const page of PAGES) {
    for (const { 1: name = '' } of readPage(page).matchAll(/npm run ([\w-]+)/g))
      assert.ok(name in scripts, `${page}: npm run ${name}`)
  }
})
