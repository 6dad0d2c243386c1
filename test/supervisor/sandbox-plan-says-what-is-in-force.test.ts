import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { MEASURES } from '../../src/supervisor/sandbox/sandbox.ts'
import { describe, isInForce, plan } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const NO_TOOLS = { ...process.env, PATH: '/nonexistent' }

test('every measure is listed, with what was found', async () => {
  using run = tmpDir()
  const { measures, level } = await plan({ runFolder: run.path })
  assert.deepEqual(
    measures.map(({ name }) => name),
    MEASURES,
  )
  for (const { name, detail } of measures) assert.ok(detail.length > 10, name)
  assert.equal(
    level === 'high',
    measures.every(({ inForce }) => inForce),
  )
})

test('without the tools a plan is weaker, says why and what to do', async () => {
  using run = tmpDir()
  const sandbox = await plan({ runFolder: run.path, environment: NO_TOOLS })
  const about = (wanted: string): string => sandbox.measures.find(({ name }) => name === wanted)?.detail ?? ''
  assert.equal(isInForce(sandbox, 'namespaces'), false)
  assert.match(about('namespaces'), /install the package "bubblewrap"/)
  if (!isInForce(sandbox, 'no new privileges')) assert.match(about('no new privileges'), /install/)
  assert.ok(isInForce(sandbox, 'permission model'), describe(sandbox))
  assert.ok(isInForce(sandbox, 'clean environment'), describe(sandbox))
  assert.equal(sandbox.level, sandbox.user === undefined ? 'low' : 'medium')
})

test('strict refuses to start where a measure is missing, and names it', async () => {
  using run = tmpDir()
  const planned = plan({ runFolder: run.path, sandbox: 'strict', environment: NO_TOOLS })
  await assert.rejects(planned, { code: 'SANDBOX_UNAVAILABLE', message: /namespaces: bubblewrap is not installed/ })
})

test('strict starts where auto reaches the highest level, and only there', async () => {
  using run = tmpDir()
  const { level } = await plan({ runFolder: run.path })
  const strict = await plan({ runFolder: run.path, sandbox: 'strict' }).catch((error: unknown) => error)
  if (level === 'high') assert.equal((strict as { level: string }).level, 'high')
  else assert.equal((strict as { code: string }).code, 'SANDBOX_UNAVAILABLE')
})

test('off leaves the clean environment and the permission model', async () => {
  using run = tmpDir()
  const sandbox = await plan({ runFolder: run.path, sandbox: 'off' })
  assert.equal(sandbox.level, 'low')
  assert.equal(sandbox.user, undefined)
  assert.ok(isInForce(sandbox, 'clean environment') && isInForce(sandbox, 'permission model'), describe(sandbox))
  assert.equal(isInForce(sandbox, 'namespaces'), false)
})

test('where no host can be started at all, planning says so', async () => {
  using run = tmpDir()
  const nodeFlags = [...ENGINE_FLAGS, '--no-such-flag']
  await assert.rejects(plan({ runFolder: run.path, nodeFlags }), {
    code: 'SANDBOX_UNAVAILABLE',
    message: /no-such-flag/,
  })
})
