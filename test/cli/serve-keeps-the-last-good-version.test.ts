import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const GOOD = 'export default { fetch: () => new Response("good") }'

const BROKEN = {
  'a syntax error': ['export default {\n  fetch: (\n', /app\.ts:\d:\d+: .+\[BUNDLE_FAILED\]/s],
  'an import that is not there': ['import "./gone"\nexport default {}', /app\.ts:1:\d+: .*gone.*\[BUNDLE_FAILED\]/s],
  'a top level that throws': [
    'const a = 1\nthrow new Error("boom")\nexport default {}',
    /Error: boom\n\s+at .*app\.ts:2:\d+.*\[LOAD_FAILED\]/s,
  ],
  'no handler': ['export default {}', /has no handler.*\[NO_HANDLER\]/s],
  'a top level without end': ['for (;;);\nexport default {}', /startupCpuMs.*\[CPU_LIMIT\]|\[CPU_LIMIT\]/s],
} as const

for (const [what, [code, message]] of Object.entries(BROKEN)) {
  test(`${what}: told with its place; the version before goes on, and the next good one is taken`, async () => {
    using dir = tmpDir({ 'app.ts': GOOD })
    await using serve = await startServe(['app.ts'], { cwd: dir.path })
    dir.write({ 'app.ts': code })
    await serve.saw('app: the last good version goes on')
    const { stderr } = serve.output()
    assert.match(stderr, message)
    assert.ok(!stderr.includes(dir.path) && !stderr.includes('node:internal'), stderr)
    assert.equal((await serve.get('app')).text, 'good')
    dir.write({ 'app.ts': GOOD.replace('good', 'better') })
    await serve.saw('app: reloaded')
    assert.equal((await serve.get('app')).text, 'better')
  })
}
