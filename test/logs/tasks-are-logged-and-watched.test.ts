// What happened in workers, over the admin API: the latest tasks that logged or failed, and every task while one watches.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { eventually } from '../support/cli.ts'
import { startFleet } from '../support/fleet.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const WORKER = `export default { async fetch(request) {
  const { pathname } = new URL(request.url)
  if (pathname === '/log') console.warn('something', { happened: 1 })
  if (pathname === '/throw') throw new Error('broken')
  return new Response('ok')
} }`

interface Told {
  readonly worker: string
  readonly outcome: string
  readonly status?: number
  readonly request?: { readonly url: string }
  readonly error?: { readonly stack: string }
  readonly logs: readonly { readonly level: string; readonly message: string }[]
}

test('the latest, and those to come', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  const { adminPort } = fleet.serve
  const shop = { tenant: 'default', worker: 'shop' }
  const stranger = { tenant: 'acme', worker: 'shop' }
  await fleet.deploy(shop, WORKER)
  await fleet.deploy(stranger, WORKER)
  const logged = async (query: string): Promise<Told[]> =>
    (await callApi(adminPort, `GET /api/logs${query}`)).body.tasks

  await fleet.get(shop, '/quiet')
  await fleet.get(shop, '/log')
  await fleet.get(shop, '/throw')
  await fleet.get(stranger, '/log')
  const all = await eventually(
    () => logged(''),
    (tasks) => tasks.length >= 3,
  )
  assert.equal(all.length, 3)
  const own = await logged('?tenant=default&worker=shop')
  assert.deepEqual(own.map(({ outcome }) => outcome).toSorted(), ['exception', 'ok'])
  const warned = own.find(({ outcome }) => outcome === 'ok')
  assert.equal(warned?.logs[0]?.level, 'warn')
  assert.match(warned?.logs[0]?.message ?? '', /something \{ happened: 1 \}/)
  assert.match(own.find(({ outcome }) => outcome === 'exception')?.error?.stack ?? '', /broken/)
  assert.equal((await logged('?limit=1')).length, 1)
  assert.equal((await callApi(adminPort, 'GET /api/logs?limit=0')).status, 400)
  assert.equal((await callApi(adminPort, 'GET /api/logs?other=1')).status, 400)

  const ending = new AbortController()
  const watching = await fetch(`http://127.0.0.1:${adminPort}/api/tail?tenant=acme`, { signal: ending.signal })
  const lines = linesOf(watching)
  // Told to the hosts before the first line comes, or soon after: asked for until one is seen.
  const told: Told[] = []
  const reading = (async () => {
    for await (const line of lines) if ('outcome' in line) told.push(line as unknown as Told)
  })().catch(() => undefined)
  await eventually(
    async () => {
      await fleet.get(shop, '/quiet')
      await fleet.get(stranger, '/quiet')
      return told
    },
    (tasks) => tasks.length >= 2,
  )
  ending.abort()
  await reading
  assert.ok(told.every(({ outcome, status }) => outcome === 'ok' && status === 200))
  assert.ok(told.every(({ request }) => request?.url.includes('shop.acme.localhost')))
})

test('kept across restarts, where asked', async () => {
  using data = tmpDir()
  const args = ['--data', data.path, '--logs-kept', '2']
  const shop = { tenant: 'default', worker: 'shop' }
  const latest = async (port: number): Promise<Told[]> => (await callApi(port, 'GET /api/logs')).body.tasks
  {
    await using fleet = await startFleet(args)
    await fleet.deploy(shop, WORKER)
    for (let i = 0; i < 3; i++) await fleet.get(shop, '/log')
    await eventually(
      () => latest(fleet.serve.adminPort),
      (tasks) => tasks.length >= 3,
    )
  }
  await using fleet = await startFleet(args)
  assert.deepEqual(
    (await latest(fleet.serve.adminPort)).map(({ worker }) => worker),
    ['shop', 'shop'],
  )
})

async function* linesOf(response: Response): AsyncGenerator<Record<string, unknown>> {
  let rest = ''
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    const parts = `${rest}${chunk}`.split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield JSON.parse(part) as Record<string, unknown>
  }
}
