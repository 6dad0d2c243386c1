import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../support/http.ts'

const WORKER = 'export default { fetch: (request, env) => new Response(env.name) }'

function errorOf({ body }: { readonly body: string }): { code: string; message: string } {
  return JSON.parse(body).error
}

test('a worker of the default tenant, or of another', async () => {
  await using server = await startServer()
  await server.load('hello', WORKER, { env: { name: 'default' } })
  await server.load('hello', WORKER, { env: { name: 'acme' }, tenant: 'acme' })
  for (const [host, name] of [
    ['hello.localhost', 'default'],
    [`hello.localhost:${server.port}`, 'default'],
    ['HELLO.LocalHost', 'default'],
    ['hello.acme.localhost', 'acme'],
    [`hello.acme.localhost:${server.port}`, 'acme'],
  ]) {
    const { status, body } = await server.send(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    assert.deepEqual([status, body], [200, name], host)
  }
})

test('404 in JSON where no worker answers', async () => {
  await using server = await startServer()
  await server.load('hello', WORKER, { env: { name: 'default' } })
  for (const [host, says] of [
    ['other.localhost', 'There is no worker "other".'],
    ['hello.other.localhost', 'There is no worker "hello".'],
    ['constructor.localhost', 'There is no worker "constructor".'],
    ['localhost', 'http://<worker>.localhost'],
    ['127.0.0.1', 'http://<worker>.localhost'],
    ['[::1]:8787', 'http://<worker>.localhost'],
    ['hello.example.com', 'http://<worker>.localhost'],
    ['hello.localhost.example.com', 'http://<worker>.localhost'],
    ['a.hello.acme.localhost', 'http://<worker>.localhost'],
    ['xlocalhost', 'http://<worker>.localhost'],
  ] as const) {
    const response = await server.send(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    assert.equal(response.status, 404, host)
    assert.deepEqual(response.all('content-type'), ['application/json; charset=utf-8'])
    const { code, message } = errorOf(response)
    assert.equal(code, 'WORKER_NOT_FOUND')
    assert.ok(message.includes(says), message)
  }
})

test('400 in JSON where the Host header is missing, repeated or not valid', async () => {
  await using server = await startServer()
  await server.load('hello', WORKER, { env: { name: 'default' } })
  for (const lines of [
    'GET / HTTP/1.1\r\n',
    'GET / HTTP/1.0\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost\r\nHost: other.localhost\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost\r\nHost: hello.localhost\r\n',
    'GET / HTTP/1.1\r\nHost:\r\n',
    'GET / HTTP/1.1\r\nHost: hello .localhost\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost/x\r\n',
    'GET / HTTP/1.1\r\nHost: user@hello.localhost\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost:99999\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost:http\r\n',
    'GET / HTTP/1.1\r\nHost: hello.localhost\\x\r\n',
    'GET / HTTP/1.1\r\nHost: hello%2elocalhost%\r\n',
  ]) {
    const response = await server.send(`${lines}\r\n`)
    assert.equal(response.status, 400, lines)
    assert.equal(errorOf(response).code, 'INVALID_REQUEST', lines)
  }
  const after = await server.get('hello')
  assert.equal(after.body, 'default')
})
