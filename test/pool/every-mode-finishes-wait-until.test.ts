import assert from 'node:assert/strict'
import { gate } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { until } from '../support/until.ts'

inEveryMode('work given to waitUntil goes on after the response', async ({ load, fetch, records }) => {
  await load(
    'later',
    `export default { fetch(request, env, ctx) {
      ctx.waitUntil(request.text().then((text) => console.log('finished with ' + text)))
      return new Response('answered')
    } }`,
  )
  const work = gate()
  const { text, logs } = await fetch('later', '/', { method: 'POST', body: work.body })
  assert.equal(text, 'answered')
  assert.deepEqual(logs, [])
  assert.equal(records.length, 0)
  work.open('the body')
  await until(() => records.length === 1)
  assert.equal(records[0]?.outcome, 'ok')
  assert.deepEqual(
    records[0]?.logs.map(({ message }) => message),
    ['finished with the body'],
  )
})

inEveryMode(
  'work that never finishes is given up in the end',
  async ({ load, fetch, records }) => {
    await load(
      'never',
      `export default { fetch(request, env, ctx) {
        ctx.waitUntil(new Promise(() => {}))
        return new Response('answered')
      } }`,
    )
    assert.equal((await fetch('never')).text, 'answered')
    await until(() => records.length === 1)
    assert.equal(records[0]?.outcome, 'ok')
    assert.match(records[0]?.logs[0]?.message ?? '', /waitUntil/)
  },
  { limits: { waitUntilMs: 20 } },
)
