import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCli } from '../support/cli.ts'
import { startOrigin } from '../support/origin.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const PROBE = `export default (urls: string[]) =>
  Promise.all(urls.map((url) => fetch(url).then((response) => response.text(), (error) => error.message)))`

test('addresses and host names, allowed and denied, by flag and by variable', async () => {
  await using origin = await startOrigin((_request, response) => response.end('reached'))
  using dir = tmpDir({ 'probe.ts': PROBE })
  const at = (host: string): string => `http://${host}:${origin.port}/`
  const urls = [at('127.0.0.1'), at('localhost'), at('api.localhost'), at('other.test')]
  const { stdout, stderr } = await runCli(
    [
      'run',
      'probe.ts',
      '--input',
      JSON.stringify(urls),
      '--allow-addresses',
      '127.0.0.1',
      '--deny-addresses',
      '10.0.0.0/8, *.localhost',
    ],
    { cwd: dir.path, env: { ISOPOD_ALLOW_HOSTS: 'localhost,*.localhost,127.0.0.1' } },
  )
  assert.deepEqual(
    JSON.parse(stdout),
    [
      'reached',
      'reached',
      'Workers may not connect to api.localhost: it is a host the operator denies.',
      'Workers may not connect to other.test: it is not a host the operator allows.',
    ],
    stderr,
  )
})
