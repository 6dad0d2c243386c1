import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'

async function run(code: string, options: RuntimeOptions = {}): Promise<unknown> {
  await using t = startRuntime({ limits: { cpuMs: 5000 }, ...options })
  await t.load('w', `export default { async execute() { ${code} } }`)
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined, error?.message)
  return JSON.parse(output ?? 'null')
}

/** Everything that tells the time, as milliseconds. */
const READINGS = `const readings = () => {
  const format = new Intl.DateTimeFormat('en', { minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 })
  const second = (text) => Number(/:(\\d\\d\\.\\d\\d\\d)/.exec(text)[1]) * 1000
  return [Date.now(), +new Date(), Reflect.construct(Date, []).getTime(), new (class extends Date {})().getTime(), performance.now(),
    new Event('x').timeStamp, new File([], 'x').lastModified, second(format.format()), second(format.format.call(null, undefined)),
    second(format.formatToParts().map(({ value }) => value).join('')), new Date(Date()).getTime(),
    ...(globalThis.Temporal ? [Temporal.Now.instant().epochMilliseconds, Temporal.Now.zonedDateTimeISO().epochMilliseconds,
      ...[Temporal.Now.plainTimeISO(), Temporal.Now.plainDateTimeISO()].map((time) => time.second * 1000 + time.millisecond)] : [])]
}
const work = () => { let sum = 0; for (let i = 0; i < 20_000_000; i++) sum += i % 7; return sum }`

inEveryMode('no clock moves before the next entry', async (t) => {
  await t.load(
    'w',
    `${READINGS}
    export default { async execute() {
      const before = readings()
      work()
      await null
      const after = readings()
      await new Promise((resolve) => setTimeout(resolve, 20))
      return [before, after, readings()]
    } }`,
    { limits: { cpuMs: 5000 } },
  )
  const { output = '[]' } = await t.runtime.dispatch('w', { type: 'execute' })
  const [before = [], after = [], later = []] = JSON.parse(output) as number[][]
  assert.ok(before.length >= 11)
  assert.deepEqual(after, before)
  assert.ok((later[0] ?? 0) >= (before[0] ?? Infinity) + 19)
  assert.ok((later[4] ?? 0) >= (before[4] ?? Infinity) + 19)
  assert.ok(Math.abs((before[0] ?? 0) - Date.now()) < 60_000)
})

test('the operator may have them go on', async () => {
  const moved = await run(
    `const start = Date.now(), mark = performance.now()
    while (Date.now() < start + 5);
    return performance.now() - mark >= 4`,
    { clock: 'real' },
  )
  assert.equal(moved, true)
})

test('Date is what it was', async () => {
  const seen = await run(`
    class Mine extends Date {}
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'Date')
    return [Date.name, Date.length, Object.getOwnPropertyNames(Date).sort().join(), Date.now.name, Date.now.length,
      Date.prototype.constructor === Date, new Date().constructor === Date, new Date(0) instanceof Date, Object.prototype.toString.call(new Date()),
      typeof Date(), Date(0) === Date(), new Date(2020, 1, 29).getMonth(), new Date(undefined).getTime(), new Date(null).getTime(), new Date(new Date(5)).getTime(),
      new Date('2020-01-01T00:00:00Z').getTime(), Date.UTC(2020), Date.parse('1970-01-01T00:00:01Z'), new Mine(7) instanceof Mine, Reflect.construct(Date, [8], Mine) instanceof Mine,
      descriptor.writable, descriptor.enumerable, descriptor.configurable, structuredClone(new Date(9)).getTime(), 'prototype' in Date.now, 'prototype' in Date]`)
  assert.deepEqual(seen, [
    'Date',
    7,
    'UTC,length,name,now,parse,prototype',
    'now',
    0,
    true,
    true,
    true,
    '[object Date]',
    'string',
    true,
    1,
    null,
    0,
    5,
    1577836800000,
    1577836800000,
    1000,
    true,
    true,
    true,
    false,
    true,
    9,
    false,
    true,
  ])
})

test('no way leads to a clock that moves', async () => {
  const moved = await run(`
    const start = Date.now()
    for (let i = 0; i < 20_000_000; i++);
    const formatter = new Intl.DateTimeFormat('en', { fractionalSecondDigits: 3, second: '2-digit' })
    const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')
    const { constructor } = Object.getPrototypeOf(new Date(0))
    return [constructor.now() - start, new constructor() - start, Date.prototype.getTime.call(Reflect.construct(constructor, [], Object)) - start,
      get.call(formatter)() === formatter.format(start)]`)
  assert.deepEqual(moved, [0, 0, 0, true])
})
