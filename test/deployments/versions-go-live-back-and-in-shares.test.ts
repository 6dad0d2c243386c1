// Immutable versions, and deployments that say which of them answer: by history, by rollback, in shares that stick.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { answering, startFleet } from '../support/fleet.ts'

for (const tenant of ['default', 'acme']) {
  test(`a worker of ${tenant}`, async () => {
    await using fleet = await startFleet([], { hosts: 2 })
    const worker = { tenant, worker: 'shop' }
    const path = `/api/workers/${tenant}/shop`
    const call = (what: string, body?: unknown): ReturnType<typeof callApi> =>
      callApi(fleet.serve.adminPort, what.replace('$', path), body)
    const text = async (headers: Record<string, string> = {}): Promise<string> =>
      (await fleet.get(worker, '/', { headers })).text
    for (const id of ['one', 'two', 'three']) await fleet.deploy(worker, answering(id), { id, message: `it is ${id}` })
    assert.equal(await text(), 'three')

    const { body: listed } = await call('GET $/versions')
    assert.deepEqual(
      listed.versions.map((v: { version: string; message: string }) => [v.version, v.message]),
      [
        ['three', 'it is three'],
        ['two', 'it is two'],
        ['one', 'it is one'],
      ],
    )

    assert.equal((await call('POST $/rollback', {})).status, 200)
    assert.equal(await text(), 'two')
    assert.equal((await call('POST $/rollback', { version: 'one', message: 'back' })).status, 200)
    assert.equal(await text(), 'one')

    const split = [
      { version: 'one', percent: 70 },
      { version: 'three', percent: 30 },
    ]
    const shared = await call('POST $/deployments', { split })
    assert.deepEqual([shared.status, shared.body.split], [200, split])
    const keys = Array.from({ length: 60 }, (_, index) => ({ 'isopod-version-key': `user-${index}` }))
    const first = await Promise.all(keys.map((headers) => text(headers)))
    assert.deepEqual([...new Set(first)].toSorted(), ['one', 'three'])
    assert.deepEqual(await Promise.all(keys.map((headers) => text(headers))), first)
    // Who says nothing is known by its address.
    const unnamed = await Promise.all(Array.from({ length: 10 }, () => text()))
    assert.equal(new Set(unnamed).size, 1)

    const { body: history } = await call('GET $/deployments')
    assert.deepEqual(history.deployments[0].split, split)
    assert.equal(history.deployments[1].message, 'back')
    assert.equal(history.deployments.length, 6)

    // A canary comes with a deploy too, and all of it ends with the next whole one.
    await fleet.deploy(worker, answering('four'), { id: 'four', percent: 10 })
    assert.deepEqual((await call('GET $')).body.split, [
      { version: 'one', percent: 90 },
      { version: 'four', percent: 10 },
    ])
    await fleet.deploy(worker, answering('stored'), { id: 'stored', percent: 0 })
    assert.notEqual(await text(), 'stored')
    await fleet.deploy(worker, answering('five'), { id: 'five' })
    assert.deepEqual([...new Set(await Promise.all(keys.map((headers) => text(headers))))], ['five'])
  })
}

test('what is no deployment is refused, and changes nothing', async () => {
  await using fleet = await startFleet()
  const worker = { tenant: 'default', worker: 'shop' }
  const call = (what: string, body?: unknown): ReturnType<typeof callApi> =>
    callApi(fleet.serve.adminPort, what.replace('$', '/api/workers/default/shop'), body)
  assert.equal((await call('POST $/rollback', {})).body.error.code, 'VERSION_NOT_FOUND')
  assert.equal((await fleet.tryDeploy(worker, answering('a'), { percent: 50 }))?.code, 'INVALID_OPTION')
  await fleet.deploy(worker, answering('a'), { id: 'a' })
  const splits = [
    [],
    [{ version: 'a', percent: 99 }],
    [
      { version: 'a', percent: 50 },
      { version: 'a', percent: 50 },
    ],
    [{ version: 'a', percent: 100.5 }],
    [
      { version: 'a', percent: 101 },
      { version: 'b', percent: -1 },
    ],
  ]
  for (const split of splits) {
    const { body, status } = await call('POST $/deployments', { split })
    assert.ok(status === 400 || status === 404, JSON.stringify(body))
  }
  assert.equal((await call('POST $/deployments', { split: [{ version: 'none', percent: 100 }] })).status, 404)
  assert.equal((await call('POST $/rollback', {})).status, 404)
  assert.equal((await call('POST $/rollback', { to: 'a' })).status, 400)
  assert.equal((await fleet.get(worker)).text, 'a')
})
