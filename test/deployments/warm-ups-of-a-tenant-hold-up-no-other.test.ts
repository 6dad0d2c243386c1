import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { test } from 'node:test'
import { WarmUps } from '../../src/host/routing/warm-ups.ts'

test('workers of a tenant are loaded one after another, those of another tenant meanwhile', async () => {
  const begun: string[] = []
  const slow = Promise.withResolvers<void>()
  const warmUps = new WarmUps()
  const add = (tenant: string, worker: string, loaded: Promise<void>): void =>
    warmUps.add({
      tenant,
      wantsWarmUp: true,
      async warmUp() {
        begun.push(`${tenant}/${worker}`)
        await loaded
      },
    })
  add('slow', 'one', slow.promise)
  add('slow', 'two', Promise.resolve())
  add('other', 'one', Promise.resolve())
  await setImmediate()
  assert.deepEqual(begun, ['slow/one', 'other/one'])
  slow.resolve()
  await setImmediate()
  add('slow', 'three', Promise.resolve())
  assert.deepEqual(begun, ['slow/one', 'other/one', 'slow/two', 'slow/three'])
})
