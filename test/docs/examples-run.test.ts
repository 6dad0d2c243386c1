// Every `ts` block of README.md and docs/, and every @example of the library, prints what its comments say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as isopod from '../../src/index.ts'
import { expectedOutput, pageExamples, runExample, sourceExamples } from '../support/doc-examples.ts'

const inPages = pageExamples()
const inSources = sourceExamples(Object.keys(isopod))

for (const example of [...inPages, ...inSources]) {
  test(example.place, async () => {
    assert.deepEqual(await runExample(example), expectedOutput(example))
  })
}

test('there are examples in the README, on the library page and of the main entries', () => {
  const places = new Set([...inPages, ...inSources].map(({ place }) => place.split(':')[0]))
  for (const file of ['README.md', 'docs/library.md', 'docs/modes.md']) assert.ok(places.has(file), file)
  for (const file of ['library/runtime', 'library/create-runtime', 'bundle/bundle-project', 'bundle/bundle-source']) {
    assert.ok(places.has(`src/${file}.ts`), file)
  }
})
