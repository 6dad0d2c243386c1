import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { readProject } from '../../src/project/read-project.ts'
import { tmpDir } from '../support/tmp-dir.ts'

function named(name: string): string {
  return JSON.stringify({ name, main: 'index.ts' })
}

test('isopod.jsonc comes first, and what is not read is named', async () => {
  using dir = tmpDir({ 'wrangler.toml': '', 'wrangler.json': named('d') })
  for (const [file, worker, others] of [
    ['wrangler.json', 'd', 'wrangler.toml'],
    ['wrangler.jsonc', 'c', 'wrangler.json, wrangler.toml'],
    ['isopod.json', 'b', 'wrangler.jsonc, wrangler.json, wrangler.toml'],
    ['isopod.jsonc', 'a', 'isopod.json, wrangler.jsonc, wrangler.json, wrangler.toml'],
  ] as const) {
    dir.write({ [file]: named(worker) })
    const project = await readProject(dir.path)
    assert.equal(project.worker, worker)
    assert.deepEqual(project.warnings, [`${file} is read, and not ${others} beside it.`])
  }
})

test('one that is named is read, and paths are relative to it', async () => {
  using dir = tmpDir({ 'isopod.jsonc': named('a'), 'other/wrangler.prod.jsonc': named('b') })
  const project = await readProject(dir.path, { file: 'other/wrangler.prod.jsonc' })
  assert.equal(project.worker, 'b')
  assert.equal(project.entry, join(dir.path, 'other/index.ts'))
  assert.deepEqual(project.warnings, [])
})

test('where there is none, the error says what was looked for', async () => {
  using dir = tmpDir()
  await assert.rejects(readProject(dir.path), {
    code: 'CONFIG_NOT_FOUND',
    message: `${dir.path} has no configuration of a worker: none of isopod.jsonc, isopod.json, wrangler.jsonc, wrangler.json.`,
  })
  await assert.rejects(readProject(join(dir.path, 'nowhere')), { code: 'CONFIG_NOT_FOUND' })
  await assert.rejects(readProject(dir.path, { file: 'my.jsonc' }), {
    code: 'CONFIG_NOT_FOUND',
    message: 'The configuration file my.jsonc does not exist.',
  })
})

test('TOML is to be converted', async () => {
  using dir = tmpDir({ 'wrangler.toml': 'name = "a"' })
  const error = { code: 'CONFIG_INVALID', message: /^wrangler\.toml is TOML, .* convert it to wrangler\.jsonc/ }
  await assert.rejects(readProject(dir.path), error)
  await assert.rejects(readProject(dir.path, { file: 'wrangler.toml' }), error)
})
