import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { Control } from '../../src/control/control.ts'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import { Channel } from '../../src/wire/channel.ts'
import type { ControlToHost, HostToControl } from '../../src/wire/control-messages.ts'
import { encodeFrame } from '../../src/wire/frames.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const HELLO = { type: 'hello', token: 'hostile' }
const GARBAGE: Readonly<Record<string, readonly unknown[]>> = {
  'no object': [HELLO, null],
  'an unknown message': [HELLO, { type: 'constructor' }],
  'a version that is none': [HELLO, { type: 'wantVersion', ask: {}, number: 'x' }],
  'answers to nothing': [HELLO, { type: 'done', ask: 99, failure: 7 }],
  'counts for everybody': [
    HELLO,
    { type: 'served', tenants: { nobody: 5, __proto__: 7, acme: 'many' } },
    { type: 'served' },
  ],
  'reports that are none': [HELLO, { type: 'tasks', reports: 5 }, { type: 'tasks', reports: [{ record: null }, 7] }],
  'a token nobody gave': [{ type: 'hello', token: 'stolen' }],
  'a token that is none': [{ type: 'hello', token: { toString: 1 } }],
}

for (const [what, messages] of Object.entries(GARBAGE)) {
  test(`${what}: the next host is served all the same`, async (t) => {
    using dir = tmpDir({})
    const path = join(dir.path, 'control.sock')
    const server: Server = createServer()
    const trust = { vouchedTenants: [], cleanTasks: 1, probationMs: 0 }
    using control = new Control({ store: createMemoryStore(), server, trust })
    control.admit({ token: 'hostile', host: 1, tier: 'probation' })
    control.admit({ token: 'ours', host: 2, tier: 'main' })
    await once(server.listen(path), 'listening')
    const hostile = connect(path)
    const socket = connect(path)
    t.after(() => {
      for (const end of [hostile, socket]) end.destroy()
      server.close()
    })
    hostile.on('error', () => undefined)
    for (const message of messages) for (const part of encodeFrame(message as object)) hostile.write(part)
    const table = await new Promise<ControlToHost>((resolve) => {
      const host = new Channel<ControlToHost, HostToControl>(socket, { message: resolve, closed: () => undefined })
      host.send({ type: 'hello', token: 'ours' })
    })
    assert.deepEqual(table, { type: 'table', routes: [], patterns: [] })
    assert.deepEqual(control.tenants(), [])
  })
}
