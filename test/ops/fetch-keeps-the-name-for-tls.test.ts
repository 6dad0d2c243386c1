import assert from 'node:assert/strict'
import { once } from 'node:events'
import https from 'node:https'
import type { AddressInfo, LookupFunction } from 'node:net'
import { test } from 'node:test'
import { TLSSocket } from 'node:tls'
import { get, limits, localFetcher, NEVER, readText } from '../support/origin.ts'
import { SECURE_TEST_CERTIFICATE, SECURE_TEST_KEY } from '../support/secure-test-certificate.ts'

const lookup: LookupFunction = (_hostname, _options, callback) =>
  process.nextTick(callback, null, [{ address: '127.0.0.1', family: 4 }])

async function startSecureOrigin(): Promise<AsyncDisposable & { port: number }> {
  const server = https.createServer({ key: SECURE_TEST_KEY, cert: SECURE_TEST_CERTIFICATE }, (request, response) => {
    const name = request.socket instanceof TLSSocket ? String(request.socket.servername) : ''
    response.end(`${name} ${request.httpVersion}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('the server is asked for by name and must prove it, although the connection is made to an address', async () => {
  await using origin = await startSecureOrigin()
  await using fetcher = localFetcher({ lookup, certificateAuthorities: SECURE_TEST_CERTIFICATE })
  const response = await fetcher.start(get(`https://secure.test:${origin.port}/`), limits(), NEVER)
  assert.equal(await readText(response.body), 'secure.test 1.1')

  await assert.rejects(fetcher.start(get(`https://other.test:${origin.port}/`), limits(), NEVER), {
    message: `fetch to other.test:${origin.port} failed: no secure connection (ERR_TLS_CERT_ALTNAME_INVALID).`,
  })
})

test('a certificate of an unknown authority is refused', async () => {
  await using origin = await startSecureOrigin()
  await using fetcher = localFetcher({ lookup })
  await assert.rejects(fetcher.start(get(`https://secure.test:${origin.port}/`), limits(), NEVER), {
    name: 'TypeError',
    message: /no secure connection \(\w*CERT\w*\)/,
  })
})
