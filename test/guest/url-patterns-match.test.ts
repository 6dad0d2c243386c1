// The standard's own tests are in web-platform-tests; here is what they do not ask.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

async function run(code: string): Promise<unknown> {
  await using t = startRuntime()
  await t.load('w', `export default { execute() { ${code} } }`)
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  return JSON.parse(output ?? 'null')
}

test('a router of patterns', async () => {
  const found = await run(`
    const routes = [
      [new URLPattern({ pathname: '/users/:id(\\\\d+)' }), 'user'],
      [new URLPattern('/files/*', 'https://example.com'), 'file'],
      [new URLPattern('https://:tenant.example.com/*?'), 'tenant'],
    ]
    const find = (url) => { for (const [pattern, name] of routes) { const match = pattern.exec(url); if (match) return [name, match.pathname.groups, match.hostname.groups] } return null }
    return [find('https://a.test/users/17'), find('https://example.com/files/a/b.txt'), find('https://acme.example.com/x'), find('https://a.test/users/x')]`)
  assert.deepEqual(found, [
    ['user', { id: '17' }, { 0: 'a.test' }],
    ['file', { 0: 'a/b.txt' }, {}],
    ['tenant', { 0: 'x' }, { tenant: 'acme' }],
    null,
  ])
})

test('it looks like an interface', async () => {
  const seen = await run(`
    const pattern = new URLPattern()
    let called; try { URLPattern() } catch (error) { called = error.name }
    return [URLPattern.name, URLPattern.length, String(pattern), called, Object.keys(URLPattern.prototype).length, URLPattern.prototype.exec.length,
      Object.keys(new URLPattern({ pathname: '/:__proto__' }).exec('https://a.test/x').pathname.groups)]`)
  assert.deepEqual(seen, ['URLPattern', 0, '[object URLPattern]', 'TypeError', 12, 0, ['__proto__']])
})

test('a patched Object.prototype and RegExp change nothing', async () => {
  const matched = await run(`
    globalThis.RegExp = () => { throw new Error('patched') }
    RegExp.prototype = null
    Object.prototype.hostname = 'evil.test'
    Object.prototype.baseURL = 'https://evil.test'
    const pattern = new URLPattern('https://a.test/:name')
    return [pattern.hostname, pattern.test('https://a.test/x'), pattern.test('https://evil.test/x'), pattern.exec('https://a.test/x').pathname.groups.name]`)
  assert.deepEqual(matched, ['a.test', true, false, 'x'])
})

test('a pattern that takes for ever is ended by the CPU limit', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { execute: () => new URLPattern({ pathname: '/((?:a+)+)b' }).test({ pathname: '/' + 'a'.repeat(100) }) }`,
  )
  const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.ok(outcome === 'exceededCpu' || outcome === 'recycled', outcome)
})
