import assert from 'node:assert/strict'
import { inEveryMode } from '../support/modes.ts'

inEveryMode(
  'a task that waits too long ends; the next task is fine',
  async ({ load, fetch, records }) => {
    await load(
      'waits',
      `export default { async fetch(request) {
        if (request.url.endsWith('/fine')) return new Response('fine')
        await new Promise(() => setInterval(() => {}, 5))
      } }`,
    )
    const { outcome, error } = await fetch('waits', '/slow')
    assert.equal(outcome, 'exceededWallTime')
    assert.equal(error?.code, 'WALL_TIME_LIMIT')
    assert.match(error?.message ?? '', /of the 100 ms .* "wallMs"/)
    assert.equal(records.length, 1)
    assert.equal((await fetch('waits', '/fine')).text, 'fine')
  },
  { limits: { wallMs: 100 } },
)
