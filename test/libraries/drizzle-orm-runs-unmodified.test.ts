import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startLibrary } from '../support/library.ts'

interface Query {
  readonly query: string
  readonly params: readonly SQLInputValue[]
  readonly method: 'all' | 'get' | 'run' | 'values'
}

/** A database behind HTTP, as the proxy driver expects it: rows are lists of values. */
function answer(database: DatabaseSync, { query, params, method }: Query): unknown {
  const statement = database.prepare(query)
  if (method === 'run') {
    statement.run(...params)
    return { rows: [] }
  }
  statement.setReturnArrays(true)
  return { rows: method === 'get' ? statement.get(...params) : statement.all(...params) }
}

test('drizzle-orm runs unmodified: inserts, updates, joins, relations, errors of the database', async () => {
  using database = new DatabaseSync(':memory:')
  database.exec(`
    CREATE TABLE authors (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, joined INTEGER NOT NULL);
    CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, author_id INTEGER NOT NULL, title TEXT NOT NULL, tags TEXT NOT NULL);`)
  await using server = createServer(async (request, response) => {
    try {
      response.end(JSON.stringify(answer(database, JSON.parse(await text(request)) as Query)))
    } catch (error) {
      response.writeHead(400).end((error as Error).message)
    }
  }).listen(0, '127.0.0.1')
  await using library = await startLibrary('drizzle-orm', { network: { allow: ['127.0.0.1'] } })

  const joined = '2026-01-02T03:04:05.000Z'
  assert.deepEqual(await library.execute(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), {
    ada: { id: 1, name: 'Ada', joined },
    deleted: [],
    counted: [
      { name: 'Ada', posts: 2 },
      { name: 'Bob', posts: 1 },
    ],
    withPosts: [
      {
        id: 1,
        name: 'Ada',
        joined,
        posts: [
          { title: 'Engines', tags: ['math', 'gears'] },
          { title: "Notes; DROP TABLE 'posts'", tags: [] },
        ],
      },
      { id: 2, name: 'Bob', joined, posts: [{ title: 'HATS', tags: ['style'] }] },
    ],
    duplicate: 'UNIQUE constraint failed: authors.name',
  })
})
