import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

inEveryMode(
  "a program that listens to 'fetch' and 'scheduled' events is a worker",
  async ({ load, fetch, runtime, records }) => {
    await load(
      'listener',
      `addEventListener('fetch', (event) => {
      event.waitUntil(Promise.resolve().then(() => console.log('waited')))
      event.respondWith(new Response('listened to ' + new URL(event.request.url).pathname))
    })
    addEventListener('scheduled', (event) => console.log('cron ' + event.cron))`,
    )
    assert.equal((await fetch('listener', '/path')).text, 'listened to /path')
    assert.equal(
      (await runtime.dispatch('listener', { type: 'scheduled', cron: '* * * * *', scheduledTimeMs: 0 })).outcome,
      'ok',
    )
    assert.deepEqual(
      records.map(({ logs }) => logs[0]?.message),
      ['waited', 'cron * * * * *'],
    )
  },
)

inEveryMode('a program may await at its top level', async ({ load, fetch }) => {
  await load(
    'prepares',
    `const text = await new Promise((resolve) => setTimeout(resolve, 2, 'prepared'))
    export default { fetch: () => new Response(text) }`,
  )
  assert.equal((await fetch('prepares')).text, 'prepared')
  assert.equal((await fetch('prepares')).text, 'prepared')
})

inEveryMode('a worker gets its env', async ({ load, fetch }) => {
  await load('configured', 'export default { fetch: (request, env) => Response.json(env) }', {
    env: { NAME: 'value', LIST: [1, null] },
  })
  assert.deepEqual(JSON.parse((await fetch('configured')).text), { NAME: 'value', LIST: [1, null] })
})
