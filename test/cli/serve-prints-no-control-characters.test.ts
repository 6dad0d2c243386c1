import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServe } from '../support/cli.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const TEXT = String.raw`a\tb\r\nother: forged\rx\u001b[2J\u0007\u0000\u009b31m\u2028y\u202ez`
const SHOWN = String.raw`a	b
    other: forged\x0dx\x1b[2J\x07\x00\x9b31m\u2028y\u202ez`

test('what a worker logs and throws is shown in lines of its own, and moves no cursor', async () => {
  using dir = tmpDir({
    'w.js': `export default { fetch(request) {
      if (request.url.endsWith('/throw')) { const error = new Error(); error.stack = 'Error: ${TEXT}'; throw error }
      console.log('${TEXT}')
      return new Response()
    } }`,
  })
  await using server = await startServe(['w.js'], { cwd: dir.path })
  await server.get('w')
  await server.saw(`w: ${SHOWN}\n`)
  await server.get('w', '/throw')
  await server.saw(`w: exception: Error: ${SHOWN}\n`)
  const { stdout, stderr } = server.output()
  // oxlint-disable-next-line no-control-regex -- these are looked for
  assert.doesNotMatch(stdout + stderr, /[\0-\b\v-\u001f\u007f-\u009f]|^other/m)
})
