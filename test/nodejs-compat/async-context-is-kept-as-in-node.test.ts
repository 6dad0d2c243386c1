import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { runScenarios } from '../fixtures/nodejs-compat/async-scenarios.ts'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'

const entry = join(import.meta.dirname, '../fixtures/nodejs-compat/async-scenarios-worker.ts')

for (const minify of [false, true]) {
  test(`a worker's AsyncLocalStorage holds what Node's holds${minify ? ', minified too' : ''}`, async () => {
    const { bundle, warnings } = await bundleProject({ entry, minify, compatibilityFlags: ['nodejs_compat'] })
    assert.deepEqual(warnings, [])
    await using started = startRuntime()
    await started.runtime.load({ worker: 'scenarios', bundle })
    const { outcome, output, error } = await started.runtime.dispatch('scenarios', { type: 'execute' })
    assert.equal(outcome, 'ok', error?.stack)
    const inWorker = JSON.parse(output ?? '') as Record<string, unknown>
    const inNode = JSON.parse(JSON.stringify(await runScenarios())) as Record<string, unknown>
    for (const [name, expected] of Object.entries(inNode)) assert.deepEqual(inWorker[name], expected, name)
  })
}
