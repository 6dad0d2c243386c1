import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering, startFleet } from '../support/fleet.ts'

const TRUSTED = { tenant: 'default', worker: 'trusted' }
const NEWCOMER = { tenant: 'newcomer', worker: 'shop' }
const LINE = 'a line that is neither short nor long; '
const CHUNK_LINES = 60_000
const CHUNKS = 3

/** Chunks of more than two megabytes each. */
const STREAMING = `
const chunk = new TextEncoder().encode(${JSON.stringify(LINE)}.repeat(${CHUNK_LINES}))
export default {
  fetch() {
    let left = ${CHUNKS}
    return new Response(new ReadableStream({ pull(c) { if (left-- > 0) c.enqueue(chunk.slice()); else c.close() } }))
  },
}`

test('streams that a main host relays arrive whole while it serves others, who are answered meanwhile', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(TRUSTED, answering('here'))
  await fleet.deploy(NEWCOMER, STREAMING, { limits: { cpuMs: 5000 } })
  const expected = LINE.repeat(CHUNK_LINES * CHUNKS)
  const arrived = new AbortController()
  const streams = Promise.all(Array.from({ length: 3 }, () => fleet.get(NEWCOMER))).finally(() => arrived.abort())
  while (!arrived.signal.aborted) assert.equal((await fleet.get(TRUSTED)).text, 'here')
  for (const { text } of await streams) assert.ok(text === expected, `${text.length} of ${expected.length} characters`)
})
