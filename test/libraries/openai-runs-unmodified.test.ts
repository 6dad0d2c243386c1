import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'node:test'
import { startLibrary } from '../support/library.ts'

let refusals = 0

/** Speaks the little of the API that the fixture uses. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.authorization !== 'Bearer key') {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"wrong key"}}')
    return
  }
  if (request.url === '/v1/models') {
    // The library tries again.
    if ((refusals += 1) === 1) response.writeHead(503, { 'retry-after-ms': '1' }).end()
    else response.setHeader('content-type', 'application/json').end('{"object":"list","data":[{"id":"a"},{"id":"b"}]}')
    return
  }
  const { model, stream } = (await json(request)) as { model: string; stream: boolean }
  assert.equal(stream, true)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const content of ['Hel', 'lo, ', 'wörld']) {
    const chunk = {
      id: 'x',
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
    }
    const event = Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`)
    // Events do not keep to packets, nor characters.
    response.write(event.subarray(0, -20))
    await delay(2)
    response.write(event.subarray(-20))
  }
  const end = {
    id: 'x',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
  }
  response.end(`data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`)
}

test('openai runs unmodified: streamed answers, pages, a second try, errors by class', async () => {
  await using server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1')
  await using library = await startLibrary('openai', { network: { allow: ['127.0.0.1'] } })
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  assert.deepEqual(await library.execute({ baseURL, apiKey: 'key' }), {
    parts: ['Hel', 'lo, ', 'wörld', ''],
    models: ['a', 'b'],
    whole: 'Hello, wörld',
  })
  assert.deepEqual(await library.execute({ baseURL, apiKey: 'other' }), {
    status: 401,
    name: 'AuthenticationError',
    message: '401 wrong key',
  })
})
