import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

async function run(body: string): Promise<unknown> {
  await using t = startRuntime()
  await t.load('w', `export default { async execute() { ${body} } }`)
  const { error, output } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  return JSON.parse(output ?? 'null')
}

test('what takes the place of a readable stream gives clones of its chunks, and cancels it', async () => {
  const seen = await run(`
    const chunk = { a: 1 }
    let canceled
    const make = () => new ReadableStream({ start(c) { c.enqueue(chunk); c.close() } })
    const from = make()
    const to = structuredClone({ from }, { transfer: [from] }).from
    const { value } = await to.getReader().read()
    const endless = new ReadableStream({ cancel(reason) { canceled = reason } })
    await structuredClone(endless, { transfer: [endless] }).cancel('enough')
    return [from.locked, to instanceof ReadableStream, value, value !== chunk, canceled]`)
  assert.deepEqual(seen, [true, true, { a: 1 }, true, 'enough'])
})

test('what is written to the successor of a writable, or passed through that of a transform, arrives', async () => {
  const seen = await run(`
    const got = []
    const sink = new WritableStream({ write(chunk) { got.push(chunk) }, close() { got.push('closed') } })
    const writer = structuredClone(sink, { transfer: [sink] }).getWriter()
    await writer.write('one')
    await writer.close()
    const double = new TransformStream({ transform(chunk, c) { c.enqueue(chunk * 2) } })
    const through = structuredClone(double, { transfer: [double] })
    const input = through.writable.getWriter()
    const result = through.readable.getReader().read()
    await input.write(21)
    return [got, through instanceof TransformStream, (await result).value]`)
  assert.deepEqual(seen, [['one', 'closed'], true, 42])
})

test('a locked stream, or one that nobody transfers, cannot be cloned; a failed clone leaves it usable', async () => {
  const seen = await run(`
    const nameOf = (work) => { try { work() } catch (error) { return error.name } }
    const locked = new ReadableStream()
    locked.getReader()
    const free = new ReadableStream()
    return [
      nameOf(() => structuredClone(locked, { transfer: [locked] })),
      nameOf(() => structuredClone(free)),
      nameOf(() => structuredClone([free, () => 0], { transfer: [free] })),
      nameOf(() => structuredClone(Object.create(ReadableStream.prototype), { transfer: [Object.create(ReadableStream.prototype)] })),
      free.locked,
    ]`)
  assert.deepEqual(seen, ['DataCloneError', 'DataCloneError', 'DataCloneError', 'DataCloneError', false])
})
