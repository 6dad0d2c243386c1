import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'

/** Resolves with what `log` holds once `body` calls `done()`. */
const follower = (url: string, body: string): string => `export default { fetch: () => new Promise((resolve) => {
  const log = []
  const source = new EventSource('${url}')
  const done = () => { source.close(); resolve(Response.json(log)) }
  ${body}
}) }`

function stream(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.write(text)
}

async function log(
  respond: (request: IncomingMessage, response: ServerResponse) => void,
  body: string,
): Promise<unknown> {
  await using origin = await startOrigin(respond)
  await using t = startRuntime({ network: { allow: ['127.0.0.1'] } })
  await t.load('w', follower(`${origin.url}/stream`, body.replaceAll('ORIGIN', origin.url)))
  return JSON.parse((await t.fetch('w')).text)
}

test('events, their types, their ids; comments and lines of every kind', async () => {
  const events = await log(
    (_request, response) =>
      stream(response, '\ufeff: comment\r\ndata: one\r\ndata:  two\r\r\nevent: named\nid: 7\ndata\n\ndata: \u00e9\n\n'),
    `log.push(source.readyState)
    source.onopen = () => log.push('open ' + source.readyState)
    source.addEventListener('named', ({ data, lastEventId }) => log.push('named', data, lastEventId))
    source.onmessage = ({ data, lastEventId, origin }) => { log.push(data, lastEventId, origin === 'ORIGIN'); if (data === '\u00e9') done() }`,
  )
  assert.deepEqual(events, [0, 'open 1', 'one\n two', '', true, 'named', '', '7', '\u00e9', '7', true])
})

test('a stream that ends is asked for again, with the last id, after as long as the server says', async () => {
  const asked: (string | undefined)[] = []
  const events = await log(
    (request, response) => {
      asked.push(request.headers['last-event-id'] as string | undefined)
      stream(
        response,
        asked.length === 1 ? 'retry: 1\nid: \u00e9\ndata: first\n\ndata: never complete' : 'data: second\n\n',
      )
      if (asked.length === 1) response.end()
    },
    `source.onerror = () => log.push('error ' + source.readyState)
    source.onmessage = ({ data }) => { log.push(data); if (data === 'second') done() }`,
  )
  assert.deepEqual(events, ['first', 'error 0', 'second'])
  assert.deepEqual(asked, [undefined, Buffer.from('\u00e9').toString('latin1')])
})

for (const [what, status, type] of [
  ['another status', 404, 'text/event-stream'],
  ['no content', 204, 'text/event-stream'],
  ['another type', 200, 'text/plain'],
] as const) {
  test(`${what} fails it for good`, async () => {
    let asked = 0
    const events = await log((_request, response) => {
      asked += 1
      response.writeHead(status, { 'content-type': type }).end()
    }, `source.onerror = () => { log.push('error ' + source.readyState); setTimeout(done, 20) }`)
    assert.deepEqual(events, ['error 2'])
    assert.equal(asked, 1)
  })
}

test('an address that may not be reached fails it for good', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    follower('http://127.0.0.1:12345/', `source.onerror = () => { log.push(source.readyState); done() }`),
  )
  assert.equal((await t.fetch('w')).text, '[2]')
})

test('closed, it lets go of its connection; and so it does with its task', async () => {
  await using origin = await startOrigin((_request, response) => stream(response, 'data: x\n\n'))
  await using t = startRuntime({ network: { allow: ['127.0.0.1'] } })
  await t.load('closes', follower(origin.url, 'source.onmessage = done'))
  await t.fetch('closes')
  await origin.allClosed()
  await t.load('leaves', follower(origin.url, 'source.onmessage = () => resolve(Response.json(log))'))
  await t.fetch('leaves')
  await origin.allClosed()
})

test('constructor, constants and attributes', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { execute() {
      const names = []
      for (const attempt of [() => new EventSource('no url'), () => new EventSource(), () => EventSource('http://x')]) try { attempt() } catch (error) { names.push(error.name) }
      const source = new EventSource('HTTP://192.0.2.1:80/a?b', { withCredentials: true })
      const facts = [source.url, source.withCredentials, EventSource.CLOSED, source.OPEN, EventSource.length, String(source)]
      source.close()
      return [...names, ...facts, source.readyState]
    } }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.deepEqual(JSON.parse(output ?? ''), [
    'SyntaxError',
    'TypeError',
    'TypeError',
    'http://192.0.2.1/a?b',
    true,
    2,
    1,
    1,
    '[object EventSource]',
    2,
  ])
})
