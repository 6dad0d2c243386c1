import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startLibrary } from '../support/library.ts'

test('graphql-yoga runs unmodified: queries, mutations, validation, masked errors, subscriptions', async () => {
  await using library = await startLibrary('graphql-yoga')
  const ask = async (query: string, variables: object = {}, accept = 'application/json') =>
    library.fetch('/graphql', {
      method: 'POST',
      headers: [
        ['content-type', 'application/json'],
        ['accept', accept],
        ['x-agent', 'a test'],
      ],
      body: JSON.stringify({ query, variables }),
    })

  const added = await ask('mutation($title: String!) { add(title: $title) { id } }', { title: 'More' })
  assert.deepEqual(JSON.parse(added.text), { data: { add: { id: '2' } } })
  const found = await ask('query($id: ID!) { book(id: $id) { ...all } agent } fragment all on Book { title loud }', {
    id: '2',
  })
  assert.deepEqual(JSON.parse(found.text), { data: { book: { title: 'More', loud: 'MORE' }, agent: 'a test' } })

  const invalid = await ask('{ book(id: 1) { pages } }')
  assert.match(invalid.text, /Cannot query field \\"pages\\" on type \\"Book\\"/)
  const masked = JSON.parse((await ask('{ secret }')).text) as { errors: { message: string; path: string[] }[] }
  assert.deepEqual(
    masked.errors.map(({ message, path }) => ({ message, path })),
    [{ message: 'Unexpected error.', path: ['secret'] }],
  )

  const events = await ask('subscription { countdown(from: 2) }', {}, 'text/event-stream')
  assert.match(events.response?.headers.find(([name]) => name === 'content-type')?.[1] ?? '', /^text\/event-stream/)
  assert.deepEqual(
    [...events.text.matchAll(/"countdown":(\d)/g)].map(([, left]) => left),
    ['2', '1', '0'],
  )
  assert.match(events.text, /event: complete/)
})
