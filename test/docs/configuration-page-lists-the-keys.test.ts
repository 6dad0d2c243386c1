import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { readProject } from '../../src/project/read-project.ts'
import { CONFIG_SCHEMAS } from '../../src/project/config-schema.ts'
import { IGNORED_KEYS, REFUSED_KEYS } from '../../src/project/wrangler-keys.ts'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'
import { tmpDir } from '../support/tmp-dir.ts'

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
}

/** `assets.directory`, `services[].binding` */
function pathsOf(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const path = prefix + key
    return [path].concat(pathsOf(value.items ?? value, `${path}${value.items === undefined ? '.' : '[].'}`))
  })
}

function keysOf(format: keyof typeof CONFIG_SCHEMAS): readonly string[] {
  const paths = pathsOf(z.toJSONSchema(CONFIG_SCHEMAS[format], { io: 'input' }) as JsonSchema)
  // A route is as an entry of routes.
  return paths.filter((path) => !path.startsWith('route.')).toSorted()
}

const PAGE = readPage('docs/configuration.md')

function rowsWith(column: number): readonly string[] {
  const rows = tableRows(PAGE, 'key')
  return rows.filter((row) => row[column] === 'yes').map(([key = '']) => key)
}

test('the table has exactly the keys of isopod.jsonc', () => {
  // docs/limits.md lists the limits.
  const keys = keysOf('isopod').filter((key) => !key.startsWith('limits.'))
  assert.deepEqual(rowsWith(1).toSorted(), keys)
})

test('the tables have exactly the keys of wrangler.jsonc', () => {
  const others = new Set([...Object.keys(IGNORED_KEYS), ...Object.keys(REFUSED_KEYS)])
  assert.deepEqual(
    rowsWith(2).toSorted(),
    keysOf('wrangler').filter((key) => !others.has(key)),
  )
  assert.deepEqual(
    tableRows(PAGE, 'key without effect'),
    Object.entries(IGNORED_KEYS).map(([key, { note = '' }]) => [key, note]),
  )
  assert.deepEqual(
    tableRows(PAGE, 'key that is refused'),
    Object.entries(REFUSED_KEYS).map(([key, { reason }]) => [key, reason]),
  )
})

test('the examples are read, with no warning', async () => {
  const examples = [...PAGE.matchAll(/^```jsonc\n\/\/ (\S+)\n(.*?)^```$/gms)]
  assert.equal(examples.length, 2)
  for (const { 1: file = '', 2: text = '' } of examples) {
    using dir = tmpDir({ [file]: text })
    const { worker, warnings } = await readProject(dir.path)
    assert.equal(worker, 'shop')
    assert.deepEqual(warnings, [])
  }
})
