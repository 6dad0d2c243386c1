import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FairLine } from '../../src/ops/crypto/fair-line.ts'

/** Work that is over when it is told so; notes in which order it was started. */
class Works {
  readonly started: string[] = []
  readonly #ends = new Map<string, () => void>()

  start(name: string): () => Promise<void> {
    return () => {
      this.started.push(name)
      return new Promise((resolve) => this.#ends.set(name, resolve))
    }
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('one party has as much under way as it may, and others still begin at once', async () => {
  const line = new FairLine({ perParty: 10, total: Number.POSITIVE_INFINITY })
  const works = new Works()
  for (const name of ['a1', 'a2', 'a3']) line.run('a', 4, works.start(name))
  line.run('b', 4, works.start('b1'))
  assert.deepEqual(works.started, ['a1', 'a2', 'b1'])
  assert.equal(line.waiting, 1)
  await works.end('a1')
  assert.deepEqual(works.started, ['a1', 'a2', 'b1', 'a3'])
})

test('those who wait take turns, whoever asked for more', async () => {
  const line = new FairLine({ perParty: 1, total: 2 })
  const works = new Works()
  for (const name of ['a1', 'a2', 'a3', 'a4']) line.run('a', 1, works.start(name))
  for (const name of ['b1', 'b2']) line.run('b', 1, works.start(name))
  line.run('c', 1, works.start('c1'))
  assert.deepEqual(works.started, ['a1', 'b1'])
  await works.end('a1')
  // b has one under way, so that the turn is c's or a's; a came first.
  await works.end('a2')
  await works.end('b1')
  await works.end('c1')
  await works.end('b2')
  await works.end('a3')
  assert.deepEqual(works.started, ['a1', 'b1', 'a2', 'c1', 'b2', 'a3', 'a4'])
  await works.end('a4')
  assert.equal(line.waiting, 0)
})

test('what weighs more than a party may have under way begins when nothing else is', async () => {
  const line = new FairLine({ perParty: 10, total: 10 })
  const works = new Works()
  line.run('a', 1, works.start('light'))
  line.run('a', 50, works.start('heavy'))
  assert.deepEqual(works.started, ['light'])
  await works.end('light')
  assert.deepEqual(works.started, ['light', 'heavy'])
})

test('work is given up before its turn, and not after', async () => {
  const line = new FairLine({ perParty: 1, total: 1 })
  const works = new Works()
  const giveUpFirst = line.run('a', 1, works.start('a1'))
  const giveUpSecond = line.run('a', 1, works.start('a2'))
  line.run('a', 1, works.start('a3'))
  assert.deepEqual([giveUpFirst(), giveUpSecond(), giveUpSecond()], [false, true, false])
  await works.end('a1')
  assert.deepEqual(works.started, ['a1', 'a3'])
})

test('failed work makes room like any other', async () => {
  const line = new FairLine({ perParty: 1, total: 1 })
  const works = new Works()
  line.run('a', 1, () => Promise.reject(new Error('failed')))
  line.run('a', 1, works.start('next'))
  await works.end('nothing')
  assert.deepEqual(works.started, ['next'])
})
