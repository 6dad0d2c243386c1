import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const WORKER = `export default { fetch(request) {
  console.warn('two\\nlines', { a: 1 })
  if (request.url.endsWith('/throw')) throw new Error('broken')
  return new Response('ok')
} }`

for (const hosts of [0, 1]) {
  test(`one object a line, with ${hosts} hosts`, async () => {
    using dir = tmpDir({ 'app.ts': WORKER })
    await using serve = await startServe(['app.ts', '--log-format', 'json'], { cwd: dir.path, hosts })
    await serve.get('app', '/throw')
    await serve.saw('"broken"')
    const lines = serve
      .output()
      .stdout.split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const warned = lines.find(({ level }) => level === 'warn')
    assert.deepEqual([warned?.['tenant'], warned?.['worker']], ['default', 'app'])
    assert.match(String(warned?.['msg']), /^two\nlines \{ a: 1 \}$/)
    const failed = lines.find(({ level }) => level === 'error')
    assert.deepEqual(
      [failed?.['outcome'], failed?.['code'], failed?.['msg']],
      ['exception', 'WORKER_EXCEPTION', 'broken'],
    )
    assert.match(String(failed?.['stack']), /app\.ts:\d+/)
    assert.equal(typeof failed?.['cpu_us'], 'number')
  })
}
