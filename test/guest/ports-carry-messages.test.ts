import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

async function run(code: string): Promise<unknown> {
  await using t = startRuntime()
  await t.load('w', `export default { async execute() { ${code} } }`)
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  return JSON.parse(output ?? 'null')
}

test('in order, each in a turn of its own', async () => {
  const order = await run(`
    const { port1, port2 } = new MessageChannel()
    const order = []
    const done = new Promise((resolve) => {
      port2.onmessage = ({ data }) => {
        order.push(data)
        Promise.resolve().then(() => order.push('after ' + data))
        if (data === 3) setTimeout(resolve)
      }
    })
    for (const i of [1, 2, 3]) port1.postMessage(i)
    Promise.resolve().then(() => order.push('promises first'))
    await done
    return order`)
  assert.deepEqual(order, ['promises first', 1, 'after 1', 2, 'after 2', 3, 'after 3'])
})

test('buffers and ports move with a message, and what cannot be sent changes nothing', async () => {
  const seen = await run(`
    const outer = new MessageChannel(), inner = new MessageChannel()
    const buffer = new ArrayBuffer(8)
    const seen = []
    try { outer.port1.postMessage(() => 1, [buffer, inner.port2]) } catch (error) { seen.push(error.name, buffer.byteLength) }
    try { outer.port1.postMessage(1, [outer.port1]) } catch (error) { seen.push(error.name) }
    try { outer.port1.postMessage(inner.port2) } catch (error) { seen.push(error.name) }
    inner.port1.postMessage('sent before the port moved')
    const received = new Promise((resolve) => { outer.port2.onmessage = resolve })
    outer.port1.postMessage({ buffer, port: inner.port2 }, [buffer, inner.port2])
    const { data, ports } = await received
    const text = await new Promise((resolve) => { data.port.onmessage = (event) => resolve(event.data) })
    return [...seen, buffer.byteLength, data.buffer.byteLength, ports.length, ports[0] === data.port, text,
      structuredClone(inner.port1, { transfer: [inner.port1] }) instanceof MessagePort]`)
  assert.deepEqual(seen, [
    'DataCloneError',
    8,
    'DataCloneError',
    'DataCloneError',
    0,
    8,
    1,
    true,
    'sent before the port moved',
    true,
  ])
})

test('the other end hears of a close', async () => {
  const seen = await run(`
    const { port1, port2 } = new MessageChannel()
    const closed = new Promise((resolve) => { port2.onclose = (event) => resolve([event.type, event.isTrusted]) })
    port1.close()
    return closed`)
  assert.deepEqual(seen, ['close', true])
})

test('it looks like an interface', async () => {
  const seen = await run(`
    let made; try { new MessagePort() } catch (error) { made = error.message }
    return [made, MessagePort.length, MessagePort.prototype.postMessage.length, MessageChannel.length, String(new MessageChannel().port1), Object.keys(MessagePort)]`)
  assert.deepEqual(seen, ['Illegal constructor', 0, 1, 0, '[object MessagePort]', []])
})

test('patched prototypes break no message', async () => {
  const seen = await run(`
    const broken = () => { throw new Error('patched') }
    const { port1, port2 } = new MessageChannel(), { port1: moved } = new MessageChannel()
    const received = new Promise((resolve) => { port2.onmessage = resolve })
    const list = [moved]
    Array.prototype.push = Array.prototype.indexOf = Map.prototype.get = Map.prototype.set = WeakMap.prototype.get = broken
    Object.prototype.data = Object.prototype.ports = 'patched'
    port1.postMessage({ a: 1 }, { transfer: list })
    const { data, ports } = await received
    return [data.a, ports.length]`)
  assert.deepEqual(seen, [1, 1])
})
