import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

inEveryMode('method, URL, headers and a JSON body arrive', async ({ load, fetch }) => {
  await load(
    'reads',
    `export default { async fetch(request) {
      return Response.json({
        method: request.method,
        url: request.url,
        accept: request.headers.get('Accept'),
        cookies: [...request.headers].filter(([name]) => name === 'x-many'),
        body: await request.json(),
      })
    } }`,
  )
  const { text } = await fetch('reads', '/a?b=c', {
    method: 'POST',
    headers: [
      ['accept', 'text/*'],
      ['X-Many', '1'],
      ['x-many', '2'],
      ['content-type', 'application/json'],
    ],
    body: '{"deep":[1,"zwölf"]}',
  })
  assert.deepEqual(JSON.parse(text), {
    method: 'POST',
    url: 'http://reads.localhost/a?b=c',
    accept: 'text/*',
    cookies: [['x-many', '1, 2']],
    body: { deep: [1, 'zwölf'] },
  })
})
