import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createClient } from '../../src/client/client.ts'
import { type CliEnding, runCli, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

async function succeed(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliEnding> {
  const ending = await runCli(args, { env })
  assert.equal(ending.code, 0, ending.stderr)
  return ending
}

test('the first token is made while no server runs, and opens the one that starts; others are made by asking it', async () => {
  using dir = tmpDir()
  const data = join(dir.path, 'data')
  const made = await succeed(['tokens', 'create', '--data', data])
  const secret = made.stdout.trim()
  assert.match(secret, /^iso_[\w-]{43}$/)
  assert.equal(made.stderr, `token ${secret.slice(4, 12)}, which is shown this once:\n`)

  await using serve = await startServe(['--data', data, '--require-token'])
  const url = `http://127.0.0.1:${serve.adminPort}`
  const client = createClient({ url, token: secret })
  const server = { ISOPOD_SERVER: url, ISOPOD_TOKEN: secret }
  const args = ['--role', 'deployer', '--tenant', 'acme', '--label', 'ci', '--expires', '2999-01-01']
  // The folder is the server's now: it is asked.
  const second = await succeed(['tokens', 'create', ...args, '--data', data, '--admin-port', String(serve.adminPort)], {
    ISOPOD_TOKEN: secret,
  })
  const ci = second.stdout.trim()
  const { tokens } = await client.tokens()
  assert.deepEqual(
    tokens.map(({ expires, label, role, tenant }) => [role, tenant, label, expires]),
    [
      ['admin', null, 'command line', null],
      ['deployer', 'acme', 'ci', Date.parse('2999-01-01')],
    ],
  )
  const list = await succeed(['tokens', 'list'], server)
  assert.match(
    list.stdout,
    /^\S{8} {2}admin {2}all tenants {2}never expires {2}command line\n\S{8} {2}deployer {2}acme /,
  )
  assert.ok(!list.stdout.includes(secret.slice(12)) && !list.stdout.includes(ci.slice(12)))
  assert.equal((await succeed(['reload', '--server', url, '--token', secret])).stdout, 'every host was replaced\n')

  const refused = await runCli(['reload', '--server', url, '--token', ci])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /\[FORBIDDEN\]/)
  await succeed(['tokens', 'revoke', ci.slice(4, 12), '--server', url, '--token', secret])
  await assert.rejects(createClient({ url, token: ci }).workers(), { code: 'UNAUTHORIZED' })
})

test('what it cannot do it says', async () => {
  using dir = tmpDir()
  const missing = join(dir.path, 'missing')
  for (const [args, code] of [
    [['tokens', 'list', '--data', missing], 'INVALID_OPTION'],
    [['tokens', 'revoke', 'nobody', '--data', dir.path], 'NOT_FOUND'],
    [['tokens', 'create', '--role', 'owner', '--data', dir.path], 'INVALID_OPTION'],
    [['tokens', 'create', '--expires', 'soon', '--data', dir.path], 'INVALID_OPTION'],
    [['tokens', 'list', '--server', 'http://127.0.0.1:1'], 'NOT_RUNNING'],
    [['reload', '--server', '127.0.0.1'], 'INVALID_OPTION'],
  ] as const) {
    const ending = await runCli(args)
    assert.equal(ending.code, 1)
    assert.match(ending.stderr, new RegExp(`^isopod: .*\\[${code}\\]\n$`))
  }
})

test('a secret that cannot be used is not shown', async () => {
  const { code, stderr } = await runCli(['reload'], { env: { ISOPOD_ADMIN_TOKEN: 'too-short' } })
  assert.equal(code, 1)
  assert.match(stderr, /ISOPOD_ADMIN_TOKEN is not usable/)
  assert.ok(!stderr.includes('too-short'))
})
