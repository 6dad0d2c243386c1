import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const OPTIONS = { compatibilityFlags: ['nodejs_compat'] } as const

async function run(
  files: Record<string, string>,
): Promise<{ output: unknown; script: string; error?: string | undefined }> {
  using dir = tmpDir({ 'package.json': '{}', ...files })
  const { bundle, warnings, watchFiles } = await bundleProject({ root: dir.path, entry: 'index.ts', ...OPTIONS })
  assert.deepEqual(warnings, [])
  assert.ok(watchFiles.every((file) => file.startsWith(dir.path)))
  await using started = startRuntime()
  await started.runtime.load({ worker: 'app', bundle })
  const { output = 'null', error } = await started.runtime.dispatch('app', { type: 'execute' })
  return { output: JSON.parse(output), script: bundle.script, error: error?.stack }
}

test('a worker that names nothing of Node gets nothing of it', async () => {
  const { output, script } = await run({
    'index.ts':
      'export default () => [typeof globalThis.Buffer, typeof globalThis["proc" + "ess"], (async () => {}).constructor.name]',
  })
  assert.deepEqual(output, ['undefined', 'undefined', 'AsyncFunction'])
  assert.ok(script.length < 500, script)
})

test('globals that a library names are there', async () => {
  const { output } = await run({
    'index.ts': 'import lib from "lib"\nexport default lib',
    'node_modules/lib/index.js': `
      module.exports = async () => [
        Buffer.from('aGk', 'base64').toString(),
        typeof process.env.HOME, process.env.NODE_ENV, typeof process.version, process.cwd(),
        global === globalThis,
        await new Promise((resolve) => process.nextTick(resolve, 'ticked')),
      ]`,
  })
  assert.deepEqual(output, ['hi', 'undefined', 'production', 'string', '/', true, 'ticked'])
})

test('CommonJS packages get modules with and without prefix', async () => {
  const { output } = await run({
    'index.ts': 'import lib from "lib"\nexport default lib',
    'node_modules/lib/index.js': `
      const EventEmitter = require('events')
      const { join } = require('node:path')
      const util = require('util')
      const { AsyncLocalStorage } = require('async_hooks')
      const storage = new AsyncLocalStorage()
      class Emitter extends EventEmitter {}
      module.exports = () => storage.run('kept', async () => {
        await null
        return [new Emitter().listenerCount('x'), join('a', '..', 'b'), util.format('%d', 1), storage.getStore()]
      })`,
  })
  assert.deepEqual(output, [0, 'b', '1', 'kept'])
})

test('errors of a worker that tracks frames keep their places', async () => {
  const { error } = await run({
    'index.ts': `import { AsyncLocalStorage } from 'node:async_hooks'
const storage = new AsyncLocalStorage<number>()
const pause = async (): Promise<void> => { await null }
export default async () => {
  await pause(); for await (const each of [1]) { await pause(); throw new Error(\`\${each}\`) }
  return storage
}`,
  })
  assert.match(error ?? '', /^Error: 1\n\s+at .*\(?index\.ts:5:71\)?/)
})
