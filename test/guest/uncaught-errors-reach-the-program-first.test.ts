import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'

function logsOf(t: TestRuntime): string[] {
  return (t.records.at(-1)?.logs ?? []).map(({ message }) => message.split('\n')[0] ?? '')
}

inEveryMode('a rejection is an event of its task, and can be kept from the log', async (t) => {
  await t.load(
    'w',
    `addEventListener('unhandledrejection', (event) => {
      const { reason, promise } = event
      console.log([event.isTrusted, event.target === self, reason instanceof RangeError, reason.message, promise instanceof Promise].join())
      if (reason.message === 'quiet') event.preventDefault()
    })
    export default { fetch(request) {
      Promise.reject(new RangeError(new URL(request.url).searchParams.get('m')))
      return new Response('fine')
    } }`,
  )
  const quiet = await t.fetch('w', '/?m=quiet')
  assert.deepEqual([quiet.outcome, quiet.text], ['ok', 'fine'])
  assert.deepEqual(logsOf(t), ['true,true,true,quiet,true'])
  const loud = await t.fetch('w', '/?m=loud')
  assert.deepEqual([loud.outcome, loud.text], ['ok', 'fine'])
  assert.deepEqual(logsOf(t), ['true,true,true,loud,true', 'Uncaught RangeError: loud'])
})

test('an exception is an event with its place, and can be kept from the log', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `const seen = []
    onerror = function (message, filename, lineno, colno, error) {
      seen.push([this === self, message, filename, lineno > 0, colno > 0, error?.message ?? error])
      return message.includes('quiet')
    }
    addEventListener('error', (event) => seen.push(event.constructor.name + event.defaultPrevented))
    export default { async execute() {
      reportError(new TypeError('quiet 1'))
      reportError('quiet 2')
      setTimeout(() => { throw new Error('loud') })
      queueMicrotask(() => { throw new Error('quiet 3') })
      await new Promise((resolve) => setTimeout(resolve, 5))
      return seen
    } }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.deepEqual(JSON.parse(output ?? ''), [
    [true, 'Uncaught TypeError: quiet 1', 'worker.js', true, true, 'quiet 1'],
    'ErrorEventtrue',
    [true, 'Uncaught quiet 2', 'worker.js', true, true, 'quiet 2'],
    'ErrorEventtrue',
    [true, 'Uncaught Error: quiet 3', 'worker.js', true, true, 'quiet 3'],
    'ErrorEventtrue',
    [true, 'Uncaught Error: loud', 'worker.js', true, true, 'loud'],
    'ErrorEventfalse',
  ])
  assert.deepEqual(logsOf(t), ['Uncaught Error: loud'])
})

test('what its listeners leave behind is logged, and told to nobody', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `let calls = 0
    onunhandledrejection = () => { calls += 1; Promise.reject(new Error('from the listener')) }
    onerror = () => { calls += 1; throw new Error('thrown by onerror') }
    export default { async execute() {
      Promise.reject(new Error('first'))
      await new Promise((resolve) => setTimeout(resolve))
      reportError(new Error('second'))
      return calls
    } }`,
  )
  const { outcome, output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.deepEqual([outcome, output], ['ok', '2'])
  assert.deepEqual(logsOf(t).toSorted(), [
    'Uncaught Error: first',
    'Uncaught Error: from the listener',
    'Uncaught Error: second',
    'Uncaught Error: thrown by onerror',
  ])
})

test('a listener that loops is ended by the CPU limit', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  await t.load(
    'w',
    `onunhandledrejection = () => { for (;;); }
    export default { async execute() { Promise.reject(1); await new Promise((resolve) => setTimeout(resolve)); return 1 } }`,
  )
  const { outcome } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.ok(outcome === 'exceededCpu' || outcome === 'recycled', outcome)
})

test('the reason shows nothing of the host', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `let stack
    onunhandledrejection = ({ reason }) => { stack = reason.stack }
    export default { async execute() { Promise.reject(new Error('x')); await new Promise((resolve) => setTimeout(resolve)); return stack } }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(JSON.parse(output ?? ''), 'Error: x\n    at Object.execute (index.js:3:55)')
})

test('the global object is an EventTarget', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { execute() {
      const seen = []
      const listener = function (event) { seen.push(this === self && event.target === self && event.currentTarget === self) }
      addEventListener('mine', listener)
      EventTarget.prototype.addEventListener.call(undefined, 'mine', { handleEvent: (event) => seen.push(event.type) })
      self.dispatchEvent(new Event('mine'))
      removeEventListener('mine', listener)
      globalThis.dispatchEvent(new Event('mine'))
      onerror = 5
      return [...seen, self instanceof EventTarget, onerror, onrejectionhandled, reportError.length]
    } }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.deepEqual(JSON.parse(output ?? ''), [true, 'mine', 'mine', true, null, null, 1])
})
