import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const CASES: Readonly<Record<string, string>> = {
  'an unhandled rejection': `Promise.reject(new RangeError('left'))`,
  'one that comes later': `Promise.resolve().then(() => { throw new RangeError('left') })`,
  'one of an async function': `(async () => { await null; throw new RangeError('left') })()`,
  'a throw in a timer': `await new Promise((resolve) => { setTimeout(() => { throw new RangeError('left') }); setTimeout(resolve, 1) })`,
  'a throw in a microtask': `queueMicrotask(() => { throw new RangeError('left') })`,
  'a throw in a listener': `const target = new EventTarget(); target.addEventListener('x', () => { throw new RangeError('left') }); target.dispatchEvent(new Event('x'))`,
  'what is reported': `reportError(new RangeError('left'))`,
}

for (const [what, code] of Object.entries(CASES)) {
  test(what, async () => {
    await using t = startRuntime()
    await t.load(
      'w',
      `export default { async fetch() {\n${code};\nawait null; await null\nreturn new Response('fine') } }`,
    )
    const { outcome, text, logs } = await t.fetch('w')
    assert.deepEqual([outcome, text], ['ok', 'fine'])
    const [line] = t.records[0]?.logs ?? logs
    assert.equal(line?.level, 'error')
    assert.match(line?.message ?? '', /^Uncaught RangeError: left\n {4}at .*index\.js:2:\d+/)
    assert.doesNotMatch(line?.message ?? '', /isolated-vm|file:|node:|isopod:guest|\/src\//)
    assert.equal(t.records[0]?.logs.length, 1)
  })
}

test("a rejection that is handled in time is nobody's business", async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async fetch() {
      const promise = Promise.reject(new Error('handled'))
      promise.catch(() => {})
      return new Response('fine')
    } }`,
  )
  const { logs, text } = await t.fetch('w')
  assert.deepEqual([text, logs], ['fine', []])
})
