import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { runCli } from '../support/cli.ts'
import { startOrigin } from '../support/origin.ts'
import { tmpDir } from '../support/tmp-dir.ts'

interface Refusal {
  readonly args: readonly string[]
  readonly message: RegExp
  readonly env?: Readonly<Record<string, string>>
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'a missing file': {
    args: ['serve', 'gone.ts'],
    message: /^isopod: the entry file gone\.ts does not exist \[ENTRY_NOT_FOUND\]\n$/,
  },
  'a missing file to run': {
    args: ['run', 'gone.ts'],
    message: /^isopod: the entry file gone\.ts does not exist \[ENTRY_NOT_FOUND\]\n$/,
  },
  'a folder': { args: ['serve', '.'], message: /^isopod: .+\[ENTRY_NOT_FOUND\]\n$/ },
  'a syntax error': { args: ['serve', 'syntax.ts'], message: /^isopod: syntax\.ts:2:\d+: .+\[BUNDLE_FAILED\]\n$/s },
  'a top level that throws': {
    args: ['serve', 'throws.ts'],
    message: /^isopod: Error: boom\n {4}at throws\.ts:2:7 \[LOAD_FAILED\]\n$/,
  },
  'no handler': {
    args: ['serve', 'empty.ts'],
    message: /^isopod: The worker "empty" has no handler.+\[NO_HANDLER\]\n$/,
  },
  'no entry to run': { args: ['run'], message: /^error: missing required argument 'entry'\n/ },
  'an unknown command': { args: ['frobnicate'], message: /^error: unknown command 'frobnicate'\n/ },
  'an unknown option': {
    args: ['serve', 'ok.ts', '--prot', '1'],
    message: /^error: unknown option '--prot'\n\(Did you mean --port\?\)\n/,
  },
  'an option without its value': {
    args: ['serve', 'ok.ts', '--mode'],
    message: /^error: option '--mode <mode>' argument missing\n/,
  },
  'a mode there is not': {
    args: ['serve', 'ok.ts', '--mode', 'turbo'],
    message: /^isopod: --mode is "turbo": it must be one of worker, shared, pool, persistent\. \[INVALID_OPTION\]\n$/,
  },
  'a port out of range': {
    args: ['serve', 'ok.ts', '--port', '65536'],
    message: /^isopod: --port is "65536": it must be an integer from 0 to 65535\. \[INVALID_OPTION\]\n$/,
  },
  'a port that is no number': {
    args: ['serve', 'ok.ts', '--port', '0x50'],
    message: /^isopod: --port is "0x50": .+\[INVALID_OPTION\]\n$/,
  },
  'an empty port': { args: ['serve', 'ok.ts', '--port='], message: /^isopod: --port is "": .+\[INVALID_OPTION\]\n$/ },
  'a heap out of range': {
    args: ['run', 'ok.ts', '--heap-mb', '1'],
    message: /^isopod: --heap-mb is "1": .+ from 8 to 4096\. /,
  },
  'a network range that is none': {
    args: ['serve', 'ok.ts', '--allow-addresses', '10.0.0.0/8,home'],
    message: /^isopod: "home" in a network policy is neither an IP address nor a CIDR range.+\[INVALID_OPTION\]\n$/,
  },
  'a host that is none': {
    args: ['serve', 'ok.ts', '--allow-hosts', 'a.example, http://b.example'],
    message: /^isopod: "http:\/\/b\.example" in a network policy is neither a host name .+\[INVALID_OPTION\]\n$/,
  },
  'threads in another mode than pool': {
    args: ['serve', 'ok.ts', '--executor', 'threads'],
    message: /^isopod: The executor "threads" works with mode "pool" only\. \[INVALID_OPTION\]\n$/,
  },
  'two workers of one name': {
    args: ['serve', 'ok.ts', 'OK=empty.ts'],
    message: /^isopod: Two workers would be called "ok"; .+\[INVALID_OPTION\]\n$/,
  },
  'input that is no JSON': {
    args: ['run', 'ok.ts', '--input', '{'],
    message: /^isopod: --input is not JSON: .+\[INVALID_OPTION\]\n$/,
  },
  'a misspelt variable': {
    args: ['serve', 'ok.ts'],
    env: { ISOLATE_POOL_SIZ: '5' },
    message: /^isopod: There is no setting ISOLATE_POOL_SIZ\. Did you mean ISOLATE_POOL_SIZE\? \[INVALID_OPTION\]\n$/,
  },
  'another misspelt variable': {
    args: ['run', 'ok.ts'],
    env: { ISOPOD_PORTS: '80' },
    message: /^isopod: There is no setting ISOPOD_PORTS\. Did you mean ISOPOD_PORT\? \[INVALID_OPTION\]\n$/,
  },
  'a variable out of range': {
    args: ['serve', 'ok.ts'],
    env: { ISOLATE_POOL_SIZE: '0' },
    message: /^isopod: ISOLATE_POOL_SIZE is "0": it must be an integer from 1 to 100000\. \[INVALID_OPTION\]\n$/,
  },
}

const FILES = {
  'ok.ts': 'export default { fetch: () => new Response("ok") }',
  'syntax.ts': '\nexport default { fetch( { }',
  'throws.ts': 'export default {}\nthrow new Error("boom")',
  'empty.ts': 'export default {}',
}

async function refused(t: TestContext, { args, message, env = {} }: Refusal): Promise<void> {
  using dir = tmpDir(FILES)
  const ending = await runCli(args, { cwd: dir.path, env })
  t.diagnostic(ending.stderr)
  assert.equal(ending.code, 1)
  assert.match(ending.stderr, message)
  assert.equal(ending.stdout, '')
  assert.ok(!/node:internal|\/src\/(?:cli|host|config|bundle)\//.test(ending.stderr), 'a stack')
}

for (const [what, refusal] of Object.entries(REFUSALS)) test(what, (t) => refused(t, refusal))

test('a data port that is taken', async (t) => {
  await using origin = await startOrigin((_request, response) => response.end())
  const args = ['serve', 'ok.ts', '--port', String(origin.port), '--admin-port', '0']
  await refused(t, {
    args,
    message: new RegExp(`^isopod: Port ${origin.port} of 127.0.0.1 is in use .+\\[PORT_IN_USE\\]\\n$`),
  })
})

test('an admin port that is taken', async (t) => {
  await using origin = await startOrigin((_request, response) => response.end())
  const args = ['serve', 'ok.ts', '--port', '0', '--admin-port', String(origin.port)]
  await refused(t, {
    args,
    message: new RegExp(`^isopod: Port ${origin.port} of 127.0.0.1 is in use .+\\[PORT_IN_USE\\]\\n$`),
  })
})

for (const args of [
  ['--stack', 'serve', 'gone.ts'],
  ['serve', 'gone.ts', '--stack'],
]) {
  test(`a stack for those who ask: ${args.join(' ')}`, async () => {
    using dir = tmpDir()
    const { code, stderr } = await runCli(args, { cwd: dir.path })
    assert.equal(code, 1)
    assert.match(
      stderr,
      /^isopod: the entry file gone\.ts does not exist \[ENTRY_NOT_FOUND\]\nIsopodError: .+\n {4}at /,
    )
  })
}
