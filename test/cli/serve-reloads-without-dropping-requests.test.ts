import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const version = (number: number): string =>
  `import { text } from './text'
   export default {
     async fetch() {
       await new Promise((resolve) => setTimeout(resolve, 5))
       return new Response(text + ' ${number}')
     },
   }`

for (const mode of ['persistent', 'pool', 'shared', 'worker']) {
  test(`mode ${mode}: edits under constant requests, all of which are answered`, async () => {
    using dir = tmpDir({ 'app.ts': version(0), 'text.ts': 'export const text = "v"' })
    await using serve = await startServe(['app.ts', '--mode', mode], { cwd: dir.path })
    const agent = new http.Agent({ keepAlive: true })
    const stop = new AbortController()
    const seen: string[] = []
    const client = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const { status, text } = await serve.get('app', '/', { agent })
        assert.equal(status, 200, text)
        seen.push(text)
      }
    }
    const clients = Promise.all([client(), client(), client()])
    for (let edit = 1; edit <= 3; edit += 1) {
      dir.write({ 'app.ts': version(edit) })
      await Promise.race([serve.saw('app: reloaded', edit), clients])
      assert.equal((await serve.get('app')).text, `v ${edit}`)
    }
    dir.write({ 'text.ts': 'export const text = "imported"' })
    await Promise.race([serve.saw('app: reloaded', 4), clients])
    assert.equal((await serve.get('app')).text, 'imported 3')
    stop.abort()
    await clients
    agent.destroy()
    assert.ok(seen.length > 20, `only ${seen.length} requests`)
    assert.deepEqual(
      [...new Set(seen)].filter((text) => !/^(?:v [0-3]|imported 3)$/.test(text)),
      [],
    )
    assert.equal(serve.output().stderr, '')
  })
}

const slow = (text: string): string => `
  let open
  export default {
    async fetch(request) {
      if (request.url.endsWith('/open')) { open?.(); return new Response('${text} opened') }
      await new Promise((resolve) => { open = resolve; setTimeout(resolve, 1500) })
      return new Response('${text}')
    },
  }`

test('a request that runs through a reload is answered by the version it began on', async () => {
  using dir = tmpDir({ 'app.ts': slow('old') })
  await using serve = await startServe(['app.ts'], { cwd: dir.path })
  const running = serve.get('app', '/slow')
  dir.write({ 'app.ts': slow('new') })
  await serve.saw('app: reloaded')
  assert.equal((await serve.get('app', '/open')).text, 'new opened')
  assert.equal((await running).text, 'old')
})

test('--no-watch stays with what it has loaded', async () => {
  using dir = tmpDir({ 'app.ts': version(0), 'text.ts': 'export const text = "v"', 'other.ts': version(0) })
  await using fixed = await startServe(['app.ts', '--no-watch'], { cwd: dir.path })
  await using following = await startServe(['app.ts'], { cwd: dir.path })
  dir.write({ 'app.ts': version(1) })
  await following.saw('app: reloaded')
  assert.equal((await fixed.get('app')).text, 'v 0')
  assert.ok(!fixed.output().stdout.includes('reloaded'))
})
