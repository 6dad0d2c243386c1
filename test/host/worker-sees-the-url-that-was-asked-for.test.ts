import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../support/http.ts'

const WORKER = 'export default { fetch: (request) => new Response(request.url) }'

test('as a URL parser writes it', async () => {
  await using server = await startServer()
  await server.load('hello', WORKER)
  for (const [target, path] of [
    ['/', '/'],
    ['/?', '/?'],
    ['/a/b?c=d&e=%20', '/a/b?c=d&e=%20'],
    ['/a%2Fb%zz', '/a%2Fb%zz'],
    ['/%41%c3%bc', '/%41%c3%bc'],
    ['/a/../b/./c', '/b/c'],
    ['/a/%2e%2E/b', '/b'],
    ['/../../etc', '/etc'],
    ['/a/..', '/'],
    ['/..?x', '/?x'],
    ['//a//b', '//a//b'],
    ['//evil.example/x', '//evil.example/x'],
    ['/a\\b', '/a/b'],
    ['/a#b', '/a'],
    ['/"<>`{}|', '/%22%3C%3E%60%7B%7D|'],
    ['/a?b=\'"<>', '/a?b=%27%22%3C%3E'],
    ['/@:;,=+$!*()~', '/@:;,=+$!*()~'],
    ["/a'b?c'd", "/a'b?c%27d"],
  ]) {
    const { status, body } = await server.send(`GET ${target} HTTP/1.1\r\nHost: hello.localhost\r\n\r\n`)
    assert.deepEqual([status, body], [200, `http://hello.localhost${path}`], target)
    assert.equal(new URL(body).href, body)
  }
})

test('with the port of the Host header, unless it is the default', async () => {
  await using server = await startServer()
  await server.load('hello', WORKER)
  for (const [host, origin] of [
    ['hello.localhost:8787', 'http://hello.localhost:8787'],
    ['hello.localhost:80', 'http://hello.localhost'],
    ['hello.localhost:0080', 'http://hello.localhost'],
    ['hello.localhost:65535', 'http://hello.localhost:65535'],
    ['Hello.LOCALHOST:1', 'http://hello.localhost:1'],
  ]) {
    const { status, body } = await server.send(`GET /x HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    assert.deepEqual([status, body], [200, `${origin}/x`], host)
  }
})

test('of a target in absolute form, whose host must be that of the Host header', async () => {
  await using server = await startServer()
  await server.load('hello', WORKER)
  await server.load('other', WORKER)
  const ask = (target: string, host: string) => server.send(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  assert.equal((await ask('http://hello.localhost/a/../b?c', 'hello.localhost')).body, 'http://hello.localhost/b?c')
  assert.equal((await ask('http://hello.localhost:80', 'HELLO.localhost')).body, 'http://hello.localhost/')
  // https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2: a proxy in front might have judged by either of them.
  for (const target of [
    'http://other.localhost/',
    'http://user@hello.localhost/',
    'data:text/plain,x',
    'hello',
    'a/b',
  ]) {
    assert.equal((await ask(target, 'hello.localhost')).status, 400, target)
  }
})
