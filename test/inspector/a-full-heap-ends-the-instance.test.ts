import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDev } from '../support/cli.ts'
import { Debugger, debuggerTargets } from '../support/debugger.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const FILES = {
  'isopod.jsonc': '{ "name": "shop", "main": "index.js" }',
  'index.js': `const kept = []
    export default {
      fetch({ url }) {
        while (url.endsWith('/fill')) kept.push(new Array(10_000).fill(kept.length))
        return new Response('hello')
      },
    }`,
}

test('also with a debugger attached; the next instance answers, and the server ends in order', async () => {
  using dir = tmpDir(FILES)
  await using dev = await startDev(['--inspect=0'], { cwd: dir.path })
  const port = Number(/inspect http:\/\/127\.0\.0\.1:(\d+)\//.exec(dev.output().stdout)?.[1])
  const [target] = await debuggerTargets(port)
  assert.ok(target !== undefined)
  using attached = await Debugger.attach(target)
  assert.match((await dev.get('shop', '/fill')).text, /MEMORY_LIMIT/)
  await attached.closed
  assert.equal((await dev.get('shop')).text, 'hello')
  dev.signal('SIGTERM')
  assert.equal(await dev.ended, 0)
})
