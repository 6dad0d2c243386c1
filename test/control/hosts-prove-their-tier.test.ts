// Whoever runs as the hosts' user may reach control's socket. Only who was given a token is a host, and of the tier it
// was given for: what is on probation gets nothing that belongs to the trusted.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { Control } from '../../src/control/control.ts'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import { Channel } from '../../src/wire/channel.ts'
import type { ControlToHost, HostToControl } from '../../src/wire/control-messages.ts'
import { tmpDir } from '../support/tmp-dir.ts'

interface Asker {
  readonly socket: Socket
  readonly channel: Channel<ControlToHost, HostToControl>
  /** The next message of that type; undefined when control hangs up. */
  next(type: ControlToHost['type']): Promise<ControlToHost | undefined>
}

function ask(path: string, token: string): Asker {
  const waiting: { type: string; resolve: (message: ControlToHost | undefined) => void }[] = []
  const socket = connect(path)
  const channel = new Channel<ControlToHost, HostToControl>(socket, {
    message: (message) => waiting.find(({ type }) => type === message.type)?.resolve(message),
    closed: () => {
      for (const { resolve } of waiting) resolve(undefined)
    },
  })
  channel.send({ type: 'hello', token })
  return { socket, channel, next: (type) => new Promise((resolve) => waiting.push({ type, resolve })) }
}

test('no token, no table; the token of probation, no version of the trusted', async () => {
  using dir = tmpDir({})
  const path = join(dir.path, 'control.sock')
  const server = createServer()
  const store = createMemoryStore()
  using control = new Control({ store, server, trust: { vouchedTenants: ['default'], cleanTasks: 1, probationMs: 1 } })
  await once(server.listen(path), 'listening')
  control.admit({ token: 'main', host: 1, tier: 'main' })
  control.admit({ token: 'probation', host: 2, tier: 'probation' })
  const bundle = bundleSource('export default () => 1')
  await control.deploy({ tenant: 'default', worker: 'app', bundle, env: { key: 'secret' } }, { start: 'on-demand' })

  const stranger = ask(path, 'guessed')
  assert.equal(await stranger.next('table'), undefined)

  const versionFor = async (token: string): Promise<unknown> => {
    const { channel, next, socket } = ask(path, token)
    const table = await next('table')
    assert.ok(table?.type === 'table' && table.routes.length === 1)
    channel.send({ type: 'wantVersion', ask: 1, number: table.routes[0]?.number ?? 0 })
    const answer = await next('version')
    socket.destroy()
    return answer?.type === 'version' ? answer.version?.env : undefined
  }
  assert.equal(await versionFor('probation'), undefined)
  assert.deepEqual(await versionFor('main'), { key: 'secret' })

  control.dismiss('main')
  assert.equal(await ask(path, 'main').next('table'), undefined)
  server.close()
})
