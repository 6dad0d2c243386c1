import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { runCli } from '../support/cli.ts'
import { startOrigin } from '../support/origin.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const PROBE = `export default (urls: string[]) =>
  Promise.all(urls.map((url) => fetch(url).then((response) => response.text(), (error) => error.message)))`

test('variables and flags for proxies are not for workers', async () => {
  await using proxy = await startOrigin((_request, response) => response.end('by proxy'))
  await using origin = await startOrigin((_request, response) => response.end('directly'))
  using dir = tmpDir({ 'probe.ts': PROBE })
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']
  const { stdout, stderr } = await runCli(
    ['run', 'probe.ts', '--input', JSON.stringify([origin.url]), '--allow-addresses', '127.0.0.1'],
    {
      cwd: dir.path,
      env: {
        ...Object.fromEntries(names.map((name) => [name, proxy.url])),
        NO_PROXY: '',
        no_proxy: '',
        NODE_USE_ENV_PROXY: '1',
      },
      nodeFlags: [...ENGINE_FLAGS, '--use-env-proxy'],
    },
  )
  assert.deepEqual(JSON.parse(stdout), ['directly'], stderr)
  assert.equal(proxy.connections(), 0)
})
