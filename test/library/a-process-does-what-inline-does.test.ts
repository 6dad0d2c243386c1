import assert from 'node:assert/strict'
import { get } from 'node:http'
import { test } from 'node:test'
import { bundleSource, createRuntime, type ByteSource, type TaskRecord } from '../../src/index.ts'
import { readText } from '../support/runtime.ts'

for (const executor of ['process', 'inline'] as const) {
  test(`${executor}: bodies of every kind go both ways`, async () => {
    await using runtime = createRuntime({ executor })
    await runtime.load({
      worker: 'echo',
      bundle: bundleSource('export default { fetch: (request) => new Response(request.body, { status: 201 }) }'),
    })
    const send = async (body: string | Uint8Array | ByteSource): Promise<readonly unknown[]> => {
      const request = { method: 'POST', url: 'http://echo.localhost/', headers: [['x-a', 'ü']] as const, body }
      const result = await runtime.dispatch('echo', { type: 'fetch', request })
      return [result.response?.status, await readText(result.body)]
    }
    const chunks = ['a', 'b'.repeat(200_000), 'c']
    const source: ByteSource = {
      read: async () => {
        const chunk = chunks.shift()
        return chunk === undefined ? undefined : Buffer.from(chunk)
      },
      cancel: () => undefined,
    }
    assert.deepEqual(await send('text'), [201, 'text'])
    assert.deepEqual(await send(Buffer.from('bytes')), [201, 'bytes'])
    assert.deepEqual(await send('x'.repeat(300_000)), [201, 'x'.repeat(300_000)])
    assert.deepEqual(await send(source), [201, `a${'b'.repeat(200_000)}c`])
  })

  test(`${executor}: a reader that stops, and a caller that leaves, reach the worker`, async () => {
    const records: TaskRecord[] = []
    const left = Promise.withResolvers<void>()
    await using runtime = createRuntime({
      executor,
      observer: {
        taskEnded(record) {
          records.push(record)
          if (records.length === 2) left.resolve()
        },
      },
    })
    await runtime.load({
      worker: 'endless',
      bundle: bundleSource(`export default {
        fetch: () => new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(1000)) })),
        execute: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
      }`),
    })
    const request = { method: 'GET', url: 'http://endless.localhost/', headers: [] }
    const { body } = await runtime.dispatch('endless', { type: 'fetch', request })
    assert.ok(typeof body === 'object' && 'read' in body)
    // Short chunks that wait are read together.
    assert.ok(((await body.read())?.byteLength ?? 0) >= 1000)
    body.cancel('enough')
    const gone = await runtime.dispatch('endless', { type: 'execute' }, { signal: AbortSignal.timeout(50) })
    assert.equal(gone.outcome, 'canceled')
    await left.promise
    assert.deepEqual(
      records.map(({ outcome }) => outcome),
      ['canceled', 'canceled'],
    )
  })

  test(`${executor}: ports, statistics, pins, garbage, names`, async () => {
    await using runtime = createRuntime({ executor, poolSize: 10 })
    await runtime.warmUp()
    await runtime.load({ worker: 'a', bundle: bundleSource('export default { fetch: () => new Response("a") }') })
    await using door = await runtime.listen({ port: 0, domain: 'workers.test' })
    const answer = await new Promise<string>((resolve) => {
      get({ port: door.address.port, headers: { host: 'a.workers.test' } }, (response) => {
        response.setEncoding('utf8').on('data', resolve)
      })
    })
    assert.equal(answer, 'a')
    {
      await using pin = await runtime.pin('a')
      assert.ok(pin)
    }
    assert.equal(await runtime.pin('nobody'), undefined)
    await runtime.collectGarbage()
    const { cached, total } = await runtime.stats()
    assert.deepEqual([total, cached], [10, 1])
    assert.deepEqual(
      runtime.workers().map(({ tenant, worker }) => `${tenant}/${worker}`),
      ['default/a'],
    )
    assert.deepEqual([await runtime.remove('a'), await runtime.remove('a')], [true, false])
    assert.equal((await runtime.dispatch('a', { type: 'execute' })).outcome, 'notFound')
  })

  test(`${executor}: closing answers what runs, and refuses what comes`, async () => {
    const runtime = createRuntime({ executor })
    await runtime.load({
      worker: 'slow',
      bundle: bundleSource('export default () => new Promise((resolve) => setTimeout(resolve, 60_000))'),
    })
    const running = runtime.dispatch('slow', { type: 'execute' })
    await runtime.stats()
    await runtime.close()
    assert.deepEqual([(await running).outcome, (await running).error?.code], ['recycled', 'RUNTIME_CLOSED'])
    assert.equal((await runtime.dispatch('slow', { type: 'execute' })).error?.code, 'RUNTIME_CLOSED')
    await assert.rejects(runtime.load({ worker: 'slow', bundle: bundleSource('export default 1') }), {
      code: 'RUNTIME_CLOSED',
    })
  })
}
