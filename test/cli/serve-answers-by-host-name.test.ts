import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { eventually, request, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const says = (text: string): string =>
  `export default { fetch: (request: Request) => new Response(\`${text} \${request.url}\`) }`

test('several workers answer, each at the name of its entry', async () => {
  using dir = tmpDir({
    'shop/src/index.ts': says('shop'),
    'Blog_2.ts': says('blog'),
    'x.ts': says('named'),
  })
  await using serve = await startServe(['shop/src/index.ts', 'Blog_2.ts', 'Api=x.ts'], { cwd: dir.path })
  const { port } = serve
  assert.equal((await serve.get('shop', '/a?b=1')).text, `shop http://shop.localhost:${port}/a?b=1`)
  assert.equal((await serve.get('blog-2')).text, `blog http://blog-2.localhost:${port}/`)
  assert.equal((await serve.get('api')).text, `named http://api.localhost:${port}/`)
  const { stdout, stderr } = serve.output()
  assert.match(stdout, /^isopod is ready \(mode persistent, 1 host and 1 on probation, sandbox \w+\)\n/)
  for (const name of ['shop', 'blog-2', 'api']) assert.ok(stdout.includes(`http://${name}.localhost:${port}/\n`))
  assert.equal(stderr, '')
})

test('a name nobody has is 404 in JSON, and so is no name', async () => {
  using dir = tmpDir({ 'a.ts': says('a') })
  await using serve = await startServe([`${dir.path}/a.ts`])
  const unknown = await serve.get('nobody')
  assert.equal(unknown.status, 404)
  assert.deepEqual(unknown.json(), { error: { code: 'WORKER_NOT_FOUND', message: 'There is no worker "nobody".' } })
  const nameless = await request(serve.port, '/')
  assert.equal(nameless.status, 404)
  assert.equal((nameless.json() as { error: { code: string } }).error.code, 'WORKER_NOT_FOUND')
})

test('under a domain of its own, in any case', async () => {
  using dir = tmpDir({ 'a.ts': says('a') })
  await using serve = await startServe(['a.ts', '--domain', 'Workers.Example'], { cwd: dir.path })
  const { status } = await request(serve.port, '/', { host: 'A.WORKERS.example' })
  assert.equal(status, 200)
})

test('the mode of the command line is that of its workers', async () => {
  using dir = tmpDir({ 'n.ts': 'let n = 0; export default { fetch: () => new Response(String(++n)) }' })
  await using serve = await startServe(['n.ts', '--mode', 'pool'], { cwd: dir.path })
  assert.equal((await serve.get('n')).text, '1')
  assert.equal((await serve.get('n')).text, '1')
  assert.match(serve.output().stdout, /mode pool/)
})

for (const hosts of [0, 1]) {
  test(`whoever asks while it starts is answered by the worker, not with 404, ${hosts} hosts`, async () => {
    using dir = tmpDir({ 'a.ts': says('a') })
    const port = await freePort()
    const starting = startServe(['a.ts', '--port', String(port)], { cwd: dir.path, hosts })
    const first = await eventually(
      () => request(port, '/', { host: `a.localhost:${port}` }).catch(() => undefined),
      (answer) => answer !== undefined,
    )
    await using _serve = await starting
    assert.equal(first?.status, 200)
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
