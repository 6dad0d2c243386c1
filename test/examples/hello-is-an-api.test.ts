import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MODES } from '../../src/version.ts'
import { startExample } from '../support/example.ts'

const header = (headers: readonly (readonly [string, string])[] | undefined, name: string): string | undefined =>
  headers?.find(([key]) => key === name)?.[1]

const post = (body: string) => ({ method: 'POST', headers: [['content-type', 'application/json']] as const, body })

for (const mode of MODES) {
  test(`in mode ${mode}: routes, JSON, zod's problems, 404`, async () => {
    await using example = await startExample('hello', { mode })
    const { fetch } = example

    const plain = await fetch('hello', '/')
    assert.deepEqual([plain.response?.status, plain.text], [200, 'Hello from Isopod\n'])
    const html = await fetch('hello', '/', { headers: [['accept', 'text/html,*/*']] })
    assert.deepEqual(
      [header(html.response?.headers, 'content-type'), html.text],
      ['text/html; charset=UTF-8', '<h1>Hello from Isopod</h1>'],
    )

    const named = await fetch('hello', '/hello/%C3%A5da')
    assert.equal(header(named.response?.headers, 'content-type'), 'application/json')
    assert.deepEqual(JSON.parse(named.text), { hello: 'åda' })

    const created = await fetch('hello', '/users', post('{"name":" Ada ","email":"ada@example.com"}'))
    assert.equal(created.response?.status, 201)
    const { id, ...user } = JSON.parse(created.text) as { id: string }
    assert.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    assert.deepEqual(user, { name: 'Ada', email: 'ada@example.com' })

    const invalid = await fetch('hello', '/users', post('{"name":"","email":"ada"}'))
    assert.equal(invalid.response?.status, 400)
    const { error, problems } = JSON.parse(invalid.text) as {
      error: string
      problems: { field: string; message: string }[]
    }
    assert.equal(error, 'invalid user')
    assert.deepEqual(
      problems.map(({ field }) => field),
      ['name', 'email'],
    )
    assert.ok(problems.every(({ message }) => message.length > 0))

    const noJson = await fetch('hello', '/users', post('{'))
    assert.deepEqual([noJson.response?.status, JSON.parse(noJson.text)], [400, { error: 'the body is not JSON' }])

    const missing = await fetch('hello', '/nowhere')
    assert.deepEqual([missing.response?.status, JSON.parse(missing.text)], [404, { error: 'nothing at /nowhere' }])
    assert.ok(example.records.every(({ outcome }) => outcome === 'ok'))
  })
}
