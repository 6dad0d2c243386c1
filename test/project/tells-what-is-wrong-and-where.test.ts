import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProject } from '../../src/project/read-project.ts'
import { tmpDir } from '../support/tmp-dir.ts'

/** The first lines of the problems, in `isopod.jsonc` unless told. */
async function problemsOf(config: string, file = 'isopod.jsonc'): Promise<readonly string[]> {
  using dir = tmpDir({ [file]: config })
  try {
    await readProject(dir.path)
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'CONFIG_INVALID')
    const lines = (error as Error).message.split('\n')
    return lines.filter((line) => line.startsWith(file)).map((line) => line.slice(file.length + 1))
  }
  return []
}

test('all problems are told, in the order of the file', async () => {
  const problems = await problemsOf(`{
  "name": "-shop",
  "main": 4,
  "kv_namespace": [],
  "assets": { "dir": "x", "binding": "A B" },
  "routes": [{ "pattern": "x", "zonename": 1 }],
  "limits": { "cpuMS": 1, "heapMb": 1 },
  "schedules": [{ "cron": "* * * *", "zone": "Mars" }],
  "mode": "fast", "min_warm": 33,
  "compatibility_flags": ["nodejs"],
  "env": { "a": { "$schema": "x", "varss": {} } }
}`)
  assert.deepEqual(problems, [
    '2:11: "name" must be named by 1 to 63 letters, digits, "-" or "_", beginning and ending with a letter or digit',
    '3:11: "main" must be a string',
    '4:3: unknown key "kv_namespace"; did you mean "kv_namespaces"?',
    '5:13: "assets.directory" is missing',
    '5:15: unknown key "assets.dir"; did you mean "directory"?',
    '5:38: "assets.binding" must be a name as of a variable',
    '6:32: unknown key "routes[0].zonename"; did you mean "zone_name"?',
    '7:15: unknown key "limits.cpuMS"; did you mean "cpuMs"?',
    '7:37: "limits.heapMb" must be a number from 8 to 4096',
    '8:27: "schedules[0].cron" must have five fields: minute, hour, day of the month, month, day of the week',
    '8:46: "schedules[0].zone" must be a time zone such as Europe/Berlin',
    '9:11: "mode" must be one of worker, shared, pool, persistent',
    '9:31: "min_warm" must be an integer from 0 to 32',
    '10:27: "compatibility_flags[0]" must be one of nodejs_compat',
    '11:19: unknown key "env.a.$schema"; it belongs at the top level',
    '11:35: unknown key "env.a.varss"; did you mean "vars"?',
  ])
})

test('with the line itself', async () => {
  using dir = tmpDir({ 'isopod.jsonc': '{\n  "name": "a",\n  "mian": "index.ts"\n}' })
  await assert.rejects(readProject(dir.path), {
    message: [
      'isopod.jsonc:3:3: unknown key "mian"; did you mean "main"?',
      '',
      '  3 |   "mian": "index.ts"',
      '    |   ^',
    ].join('\n'),
  })
})

test('what is no JSON', async () => {
  assert.deepEqual(await problemsOf('{\n  "name": "a" "main": 1\n}'), ['2:15: this is not JSON: comma expected'])
  assert.deepEqual(await problemsOf(''), ['1:1: this is not JSON: value expected'])
  assert.deepEqual(await problemsOf('[]'), ['1:1: the file must be an object'])
})

test('what each key allows, and the file as a whole does not', async () => {
  assert.deepEqual(await problemsOf('{ "vars": {} }'), [
    '1:1: "name" is missing: what the worker is called',
    '1:1: there is nothing to serve: give "main", the entry file, or "assets"',
  ])
  assert.deepEqual(
    await problemsOf(`{ "name": "a", "main": "a.ts",
  "vars": { "A": 1 },
  "kv_namespaces": [{ "binding": "A" }, { "binding": "B" }],
  "services": [{ "binding": "B", "service": "b" }, { "binding": "C", "service": "c", "entrypoint": "Admin" }],
  "route": "example.com/*", "routes": [{ "pattern": "a.example.com/x", "custom_domain": true }]
}`),
    [
      '3:34: "A" is the name of something else already',
      '4:29: "B" is the name of something else already',
      '4:100: "C" names the entrypoint "Admin"; a binding reaches the default export only',
      '5:12: "route" and "routes" are one thing; give either',
    ],
  )
  assert.deepEqual(
    await problemsOf('{ "name": "a", "main": "a", "route": { "pattern": "a.b/x", "custom_domain": true } }'),
    ['1:38: the custom domain "a.b/x" must be a host name alone'],
  )
})

test('keys of one format are no keys of the other', async () => {
  assert.deepEqual(await problemsOf('{ "name": "a", "main": "a", "account_id": "x" }'), [
    '1:29: unknown key "account_id"',
  ])
  assert.deepEqual(await problemsOf('{ "name": "a", "main": "a", "tenant": "x" }', 'wrangler.jsonc'), [
    '1:29: unknown key "tenant"',
  ])
})
