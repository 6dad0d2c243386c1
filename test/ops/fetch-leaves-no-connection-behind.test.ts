import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

test('one connection serves requests in a row, whatever became of their bodies', async () => {
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/none') response.writeHead(204).end()
    else response.end('body')
  })
  await using fetcher = localFetcher()
  for (const path of ['/read', '/none', '/ignored', '/read']) {
    const { body } = await fetcher.start(get(origin.url + path), limits(), NEVER)
    if (path === '/read') assert.equal(await readText(body), 'body')
    await setImmediate()
    await setImmediate()
  }
  assert.equal(origin.connections(), 1)
})

test('close ends what is under way, reading and waiting alike, and closes every connection', async () => {
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/body') response.write('start')
    if (request.url === '/idle') response.end()
  })
  const fetcher = localFetcher()
  await fetcher.start(get(`${origin.url}/idle`), limits(), NEVER)
  const { body } = await fetcher.start(get(`${origin.url}/body`), limits(), NEVER)
  const waiting = assert.rejects(fetcher.start(get(`${origin.url}/silent`), limits(), NEVER), {
    message: /the runtime is closing/,
  })
  const reading = assert.rejects(readText(body), { message: /the runtime is closing/ })
  await fetcher.close()
  await Promise.all([waiting, reading])
  await origin.allClosed()
  await assert.rejects(fetcher.start(get(origin.url), limits(), NEVER), { message: /the runtime is closing/ })
})

test('a finished exchange lets go of the signal', async () => {
  await using origin = await startOrigin((_request, response) => response.end('body'))
  await using fetcher = localFetcher()
  const { signal } = new AbortController()
  for (let i = 0; i < 5; i++) await readText((await fetcher.start(get(origin.url), limits(), signal)).body)
  await assert.rejects(fetcher.start(get('http://10.0.0.1/'), limits(), signal))
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})
