// The way of a new user, by the command line alone: a project from nothing, live, changed, back again; its secrets, its keys,
// its schedule, its logs.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type CliEnding, runCli, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const CONFIG = `{
  "name": "shop",
  "main": "src/index.ts",
  "vars": { "COLOR": "red" },
  "kv_namespaces": [{ "binding": "CACHE", "id": "cache" }],
  "assets": { "directory": "./public", "binding": "ASSETS" },
  "triggers": { "crons": ["0 4 * * *"] },
  "routes": ["shop.example/*"]
}`

function worker(version: string): string {
  return `export default {
    async fetch(request, env) {
      const { pathname } = new URL(request.url)
      if (pathname === '/count') {
        const count = Number((await env.CACHE.get('count')) ?? 0) + 1
        await env.CACHE.put('count', String(count))
        return new Response(String(count))
      }
      if (pathname === '/secret') return new Response(env.KEY ?? 'none')
      if (pathname === '/asset') return env.ASSETS.fetch('http://assets/about.txt')
      if (pathname === '/throw') throw new Error('broken on purpose')
      return new Response('${version} ' + env.COLOR)
    },
    async scheduled(controller, env) { await env.CACHE.put('ran', controller.cron) },
  }`
}

test('init, deploy, change, roll back', async () => {
  using dir = tmpDir()
  await using serve = await startServe([], { hosts: 2 })
  const project = join(dir.path, 'shop')
  const isopod = async (args: readonly string[], cwd: string = project): Promise<CliEnding> => {
    const ending = await runCli(args, { cwd, env: { ISOPOD_SERVER: `http://127.0.0.1:${serve.adminPort}` } })
    assert.equal(ending.code, 0, `${args.join(' ')}: ${ending.stderr}`)
    return ending
  }
  const json = async (args: readonly string[]): Promise<Record<string, unknown>> =>
    JSON.parse((await isopod([...args, '--json'])).stdout) as Record<string, unknown>
  const text = async (path = '/', host?: string): Promise<string> =>
    (await serve.get('shop', path, host === undefined ? {} : { host })).text

  await isopod(['init', 'shop', '--template', 'assets'], dir.path)
  writeFileSync(join(project, 'isopod.jsonc'), CONFIG)
  writeFileSync(join(project, 'public', 'about.txt'), 'about us')
  writeFileSync(join(project, 'src', 'index.ts'), worker('one'))
  const { stdout } = await isopod(['deploy', '--message', 'first'])
  assert.match(stdout, /^shop: version v\d+ is deployed/)
  assert.equal(await text('/page'), 'one red')
  assert.equal(await text('/about.txt'), 'about us')
  assert.equal(await text('/asset'), 'about us')
  assert.equal(await text('/page', 'shop.example'), 'one red')
  assert.equal(await text('/count'), '1')
  assert.equal(await text('/count'), '2')

  writeFileSync(join(project, 'src', 'index.ts'), worker('two'))
  await isopod(['deploy', '-m', 'second'])
  assert.equal(await text('/page'), 'two red')
  const { versions } = (await json(['versions'])) as { versions: { version: string; message: string }[] }
  assert.deepEqual(
    versions.map(({ message }) => message),
    ['second', 'first'],
  )
  await isopod(['rollback'])
  assert.equal(await text('/page'), 'one red')
  await isopod(['deployments', '--split', versions.map(({ version }) => `${version}=50`).join(',')])
  assert.match((await isopod(['deployments'])).stdout, /50 %, v\d+ 50 %/)

  await isopod(['kv', 'put', 'cache', 'count', '41'])
  assert.equal((await isopod(['kv', 'get', 'cache', 'count'])).stdout, '41')
  assert.match((await isopod(['kv', 'list', 'cache'])).stdout, /count/)
  assert.equal((await isopod(['cron', 'run'])).stdout, 'ok\n')
  assert.equal((await isopod(['kv', 'get', 'cache', 'ran'])).stdout, '0 4 * * *')
  assert.match((await isopod(['cron', 'history'])).stdout, /ok/)
  assert.match((await isopod(['routes'])).stdout, /shop\.example\/\*/)
  assert.match((await isopod(['status'])).stdout, /server: ok/)

  await text('/throw')
  const tail = await runCli(['tail', 'shop', '--last', '5', '--status', 'error'], {
    cwd: project,
    env: { ISOPOD_SERVER: `http://127.0.0.1:${serve.adminPort}` },
    until: /broken on purpose/,
  })
  assert.match(tail.stdout, /GET http:\/\/shop\.localhost:\d+\/throw .*exception/)
  assert.match(tail.stdout, /index\.ts:\d+/)

  await isopod(['delete'])
  assert.match(await text('/page'), /There is no worker/)
})

test('what cannot be is said, with what to do', async () => {
  using dir = tmpDir({
    'isopod.jsonc': '{ "name": "shop", "main": "index.ts", "triggers": { "crons": ["61 * * * *"] } }',
    'index.ts': 'export default { fetch: () => new Response("here") }',
    'unknown.jsonc': '{ "name": "shop", "mian": "index.ts" }',
  })
  await using serve = await startServe([], {})
  const env = { ISOPOD_SERVER: `http://127.0.0.1:${serve.adminPort}` }
  const refused = async (args: readonly string[], more: Readonly<Record<string, string>> = env): Promise<string> => {
    const { code, stderr } = await runCli(args, { cwd: dir.path, env: more })
    assert.equal(code, 1, args.join(' '))
    return stderr
  }
  assert.match(await refused(['deploy']), /61.*\[INVALID_CRON\]/s)
  assert.match(await refused(['deploy', '--percent', 'half']), /\[INVALID_OPTION\]/)
  assert.match(await refused(['deploy', '--env', 'nowhere']), /no environment "nowhere".*\[INVALID_OPTION\]/)
  assert.match((await serve.get('shop')).text, /There is no worker/)
  assert.match(await refused(['deploy', join(dir.path, 'empty')]), /\[CONFIG_NOT_FOUND\]/)
  assert.match(await refused(['deployments', '--split', 'x']), /\[INVALID_OPTION\]/)
  assert.match(await refused(['rollback', 'v99']), /\[VERSION_NOT_FOUND\]/)
  assert.match(await refused(['init', '.']), /not empty/)
  assert.match(await refused(['status'], { ISOPOD_SERVER: 'http://127.0.0.1:1' }), /\[NOT_RUNNING\]/)
  assert.match(await refused(['status'], { ...env, ISOPOD_TOKEN: 'iso_wrong' }), /\[UNAUTHORIZED\]/)
})
