import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request, startServe } from '../support/cli.ts'
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
