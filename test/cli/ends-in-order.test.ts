import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { request, type Serve, startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const WORKER = `
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/never') await new Promise((resolve) => setTimeout(resolve, 25_000))
    if (pathname !== '/stream') {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return new Response('done')
    }
    const { readable, writable } = new TransformStream()
    void (async () => {
      const writer = writable.getWriter()
      for (const word of ['one ', 'two ', 'three']) {
        await writer.write(new TextEncoder().encode(word))
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      await writer.close()
    })()
    return new Response(readable)
  },
}`

/** Resolves when the server has the request, as far as its statistics tell. */
async function underWay(serve: Serve, count: number): Promise<void> {
  for (;;) {
    const { entries } = (await request(serve.adminPort, '/admin/pool')).json() as { entries: { running: number }[] }
    if (entries.reduce((sum, { running }) => sum + running, 0) >= count) return
  }
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal}: what runs is finished, nothing new is taken, exit code 0`, async () => {
    using dir = tmpDir({ 'app.ts': WORKER })
    await using serve = await startServe(['app.ts'], { cwd: dir.path })
    const agent = new http.Agent({ keepAlive: true })
    const running = Promise.all([serve.get('app', '/', { agent }), serve.get('app', '/stream', { agent })])
    running.catch(() => undefined)
    await underWay(serve, 2)
    serve.signal(signal)
    await serve.saw('isopod is closing')
    // Refused; or reset, where it came while the last socket was being closed.
    await assert.rejects(serve.get('app'), ({ code }: NodeJS.ErrnoException) =>
      /^ECONN(?:REFUSED|RESET)$/.test(code ?? ''),
    )
    const answers = await running.catch((error: unknown) => assert.fail(`${String(error)}: ${serve.output().stderr}`))
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['done', 'one two three'],
    )
    assert.equal(await serve.ended, 0)
    assert.equal(serve.output().stderr, '')
    agent.destroy()
  })
}

test('one keystroke that arrives twice, from the terminal and from npm, still ends in order', async () => {
  using dir = tmpDir({ 'app.ts': WORKER })
  await using serve = await startServe(['app.ts'], { cwd: dir.path })
  const running = serve.get('app')
  await underWay(serve, 1)
  serve.signal('SIGINT')
  await serve.saw('isopod is closing')
  serve.signal('SIGINT')
  assert.equal((await running).text, 'done')
  assert.equal(await serve.ended, 0)
})

test('a second signal ends it at once', async () => {
  using dir = tmpDir({ 'app.ts': WORKER })
  await using serve = await startServe(['app.ts'], { cwd: dir.path })
  const running = serve.get('app', '/never')
  const cut = assert.rejects(running, { code: 'ECONNRESET' })
  await underWay(serve, 1)
  serve.signal('SIGTERM')
  await serve.saw('isopod is closing')
  const again = setInterval(() => serve.signal('SIGTERM'), 100)
  assert.equal(await serve.ended, 143)
  clearInterval(again)
  await cut
})
