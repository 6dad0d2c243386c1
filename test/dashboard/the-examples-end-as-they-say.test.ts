import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EXAMPLES } from '../../dashboard/src/pages/playground/examples.ts'
import { createClient } from '../../src/client/client.ts'
import type { Json } from '../../src/version.ts'
import { startFleet } from '../support/fleet.ts'

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'A function of the input': ['ok'],
  'An expression': ['ok'],
  TypeScript: ['ok'],
  'Logs as they come': ['ok'],
  'An error on its line': ['exception'],
  'The network is refused': ['exception'],
  'A loop that does not end': ['exceededCpu', 'exceededWallTime'],
}

test('the examples of the playground end as their titles say', async () => {
  await using fleet = await startFleet()
  const client = createClient({ url: `http://127.0.0.1:${fleet.serve.adminPort}` })
  assert.deepEqual(
    EXAMPLES.map(({ title }) => title),
    Object.keys(ENDINGS),
  )
  for (const { code, input, title } of EXAMPLES) {
    const run = await client.execute({ code, ...(input === '' ? {} : { input: JSON.parse(input) as Json }) })
    assert.ok(ENDINGS[title]?.includes(run.outcome ?? ''), `${title}: ${JSON.stringify(run)}`)
  }
})
