import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { ASSETS_ONLY_BUNDLE } from '../../src/assets-only.ts'
import { Control } from '../../src/control/control.ts'
import { openDatabase } from '../../src/control/database.ts'
import { sqliteBlobStore } from '../../src/control/sqlite-blob-store.ts'
import { sqliteStore } from '../../src/control/sqlite-store.ts'
import { Channel } from '../../src/wire/channel.ts'
import type { ControlToHost, HostToControl } from '../../src/wire/control-messages.ts'
import { hashOf, manifestOf } from '../support/site.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('a host gets pieces of what its own tier serves, and of nothing else', async () => {
  using dir = tmpDir({})
  const path = join(dir.path, 'control.sock')
  const server = createServer()
  const database = openDatabase(join(dir.path, 'isopod.db'))
  const blobs = sqliteBlobStore(database)
  const trust = { vouchedTenants: ['vip'], cleanTasks: 1, probationMs: 60_000 }
  using control = new Control({ store: sqliteStore(database), blobs, server, trust })
  await once(server.listen(path), 'listening')
  control.admit({ token: 'main', host: 1, tier: 'main' })
  control.admit({ token: 'probation', host: 2, tier: 'probation' })

  const numbers: Record<string, number> = {}
  for (const tenant of ['vip', 'other']) {
    const upload = blobs.begin(tenant)
    upload.write(Buffer.from(`of ${tenant}`))
    upload.finish(hashOf(`of ${tenant}`))
    const version = { tenant, worker: 'site', bundle: ASSETS_ONLY_BUNDLE, assets: manifestOf({ '/a': `of ${tenant}` }) }
    numbers[tenant] = (await control.deploy(version, { start: 'on-demand' })).number
  }

  const ask = (token: string, question: object): Promise<string | undefined> =>
    new Promise((resolve) => {
      const socket = connect(path)
      const channel = new Channel<ControlToHost, HostToControl>(socket, {
        message(message, bytes) {
          if (message.type !== 'piece') return
          socket.destroy()
          resolve(bytes === undefined ? undefined : Buffer.from(bytes).toString())
        },
        closed: () => resolve(undefined),
      })
      channel.send({ type: 'hello', token })
      channel.send({ type: 'wantPiece', ask: 1, path: '/a', index: 0, ...question } as HostToControl)
    })
  assert.equal(await ask('main', { number: numbers['vip'] }), 'of vip')
  assert.equal(await ask('main', { number: numbers['other'] }), undefined)
  assert.equal(await ask('probation', { number: numbers['other'] }), 'of other')
  assert.equal(await ask('probation', { number: numbers['vip'] }), undefined)
  for (const wrong of [{ index: 1 }, { index: -1 }, { index: '0' }, { path: '/b' }, { path: 1 }, { number: 99 }]) {
    assert.equal(await ask('main', { number: numbers['vip'], ...wrong }), undefined, JSON.stringify(wrong))
  }
  server.close()
})
