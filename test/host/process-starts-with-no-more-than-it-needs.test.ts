import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { programPath } from '../../src/programs.ts'

/** Loads the program of a host as Node does, and tells what came with it. */
const LIST = `
require(process.argv[1])
const files = Object.keys(require.cache)
process.stdout.write(JSON.stringify({ files, builtIn: process.moduleLoadList }))
process.exit()
`

test("a host's program brings neither undici nor Node's own copy of it", () => {
  const { stdout, stderr } = spawnSync(process.execPath, [...ENGINE_FLAGS, '-e', LIST, programPath('host')], {
    encoding: 'utf8',
  })
  assert.equal(stderr, '')
  const { files, builtIn } = JSON.parse(stdout) as { files: string[]; builtIn: string[] }
  assert.ok(files.some((file) => file.includes('isolated-vm')))
  assert.deepEqual(
    files.filter((file) => file.includes('undici')),
    [],
  )
  assert.ok(builtIn.some((name) => name.endsWith(' http')))
  assert.deepEqual(
    builtIn.filter((name) => name.includes('undici')),
    [],
  )
})
