import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAdmin } from '../support/admin-stage.ts'
import { readPage } from '../support/doc-examples.ts'
import { tableRows } from '../support/markdown-table.ts'

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { schema?: object }>> }>
  >
}

interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>> }
}

test('the OpenAPI document has every route, with what it takes, answers and wants', async (t) => {
  await using stage = await startAdmin()
  const document = (await stage.ask('GET', '/api/openapi.json')).json() as OpenApi
  assert.match(document.openapi, /^3\.1\./)
  assert.deepEqual(document.components.securitySchemes['token'], {
    ...document.components.securitySchemes['token'],
    type: 'http',
    scheme: 'bearer',
  })
  const listed = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  assert.deepEqual(listed.toSorted(), stage.routes.map(({ method, url }) => `${method} ${url}`).toSorted())
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      await t.test(`${method} ${path}`, () => {
        assert.ok(operation.summary)
        assert.equal(operation.tags?.length, 1)
        assert.equal(operation.security?.length, path === '/healthz' || path === '/readyz' ? 0 : 1)
        const inPath = operation.parameters?.filter((one) => one.in === 'path') ?? []
        assert.deepEqual(
          inPath.map(({ name, required }) => [name, required]),
          [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true]),
        )
        const hasBody = (method === 'put' || method === 'post') && !path.endsWith('/cancel')
        const type = path.endsWith('/assets/{hash}') ? 'application/octet-stream' : 'application/json'
        assert.equal(operation.requestBody?.content[type]?.schema !== undefined, hasBody)
        const fine = '202' in operation.responses ? '202' : '200'
        for (const status of [fine, '4XX', '5XX']) {
          const reply = operation.responses[status]
          assert.ok(reply?.description, status)
          const answers = status === '200' && path === '/metrics' ? 'text/plain' : 'application/json'
          assert.ok(reply.content?.[answers]?.schema, status)
        }
      })
    }
  }
  // Whatever is referred to is there.
  for (const [, pointer = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
    const found = pointer
      .slice(2)
      .split('/')
      .reduce((value: unknown, key) => (value as Record<string, unknown> | undefined)?.[key], document)
    assert.ok(found !== undefined, pointer)
  }
})

test('docs/admin-api.md lists exactly the routes, and who may ask for them', async () => {
  await using stage = await startAdmin()
  const documented = tableRows(readPage('docs/admin-api.md'), 'route').map(([route = '', access = '']) => [
    route,
    access,
  ])
  const found = stage.routes.map(({ access, method, url }) => [`${method} ${url}`, access])
  assert.deepEqual(documented, found)
})
