import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { moduleScenarios } from '../fixtures/nodejs-compat/module-scenarios.ts'
import { startRuntime } from '../support/runtime.ts'
import type { TestRuntime } from '../support/runtime.ts'

let started: TestRuntime

before(async () => {
  const entry = join(import.meta.dirname, '../fixtures/nodejs-compat/module-scenarios-worker.ts')
  const { bundle } = await bundleProject({ entry, compatibilityFlags: ['nodejs_compat'] })
  started = startRuntime({ limits: { cpuMs: 2000 } })
  await started.runtime.load({ worker: 'modules', bundle })
})
after(() => started[Symbol.asyncDispose]())

for (const [name, scenario] of Object.entries(moduleScenarios)) {
  test(`node:${name} answers as Node's does`, async () => {
    const { outcome, output, error } = await started.runtime.dispatch('modules', { type: 'execute', input: name })
    assert.equal(outcome, 'ok', error?.stack)
    const inWorker: unknown = JSON.parse(JSON.parse(output ?? '') as string)
    assert.deepEqual(inWorker, JSON.parse(JSON.stringify(await scenario())))
  })
}
