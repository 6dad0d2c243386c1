import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

const LOOPS = `
  const microtasks = () => Promise.resolve().then(microtasks)
  export default { async fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/sync') for (;;);
    if (pathname === '/rejected') {
      Promise.reject(new Error('nobody catches this'))
      for (;;);
    }
    if (pathname === '/rejected-late') {
      Promise.reject(new Error('nobody catches this'))
      await null
      for (;;);
    }
    if (pathname === '/late') {
      await new Promise((resolve) => setTimeout(resolve, 1))
      for (;;);
    }
    if (pathname === '/microtasks') await microtasks()
    return new Response('fine')
  } }`

inEveryMode(
  'a loop ends, before an await, after it, and where it is made of microtasks; the next task is fine',
  async ({ load, fetch }) => {
    await load('loops', LOOPS)
    for (const path of ['/sync', '/late', '/microtasks', '/rejected', '/rejected-late']) {
      const { outcome, error, usage } = await fetch('loops', path)
      assert.equal(outcome, 'exceededCpu', path)
      assert.equal(error?.code, 'CPU_LIMIT')
      assert.match(error?.message ?? '', /of the 40 ms .* "cpuMs"/)
      assert.ok(usage.cpuUs > 0)
      assert.equal((await fetch('loops', '/fine')).text, 'fine')
    }
  },
  { limits: { cpuMs: 40 } },
)
