import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { RelayPace } from '../../src/host/routing/relay-pace.ts'
import { Channel } from '../../src/wire/channel.ts'
import { encodeFrame } from '../../src/wire/frames.ts'

const FRAME_BYTES = 64 * 1024
const FRAMES = 128
/** What a turn may take in, and what had been read when that was known. */
const MOST_A_TURN = 256 * 1024 + 2 * FRAME_BYTES

/** Two ends of a TCP connection: the kernel holds megabytes for it, more than libuv reads at once. */
async function socketPair(): Promise<{ readonly near: Socket; readonly far: Socket; close(): void }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const far = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [near] = (await once(server, 'connection')) as [Socket]
  return {
    near,
    far,
    close() {
      far.destroy()
      server.close()
    },
  }
}

async function receiveAll(restMs: () => number): Promise<{ readonly worst: number; readonly order: number[] }> {
  const { close, far, near } = await socketPair()
  const frames = Array.from({ length: FRAMES }, (_, n) => encodeFrame({ n }, new Uint8Array(FRAME_BYTES))).flat()
  far.write(Buffer.concat(frames))
  // All that the kernel takes is there before the first byte is read.
  for (let before = -1; before !== far.writableLength || before < 0;) {
    before = far.writableLength
    for (let turn = 0; turn < 10; turn++) await nextTurn()
  }
  const order: number[] = []
  let sinceTurn = 0
  let worst = 0
  const channel = new Channel<{ n: number }, object>(near, {
    message({ n }) {
      order.push(n)
      sinceTurn += FRAME_BYTES
      worst = Math.max(worst, sinceTurn)
    },
    closed: () => undefined,
    restMs,
  })
  while (order.length < FRAMES) {
    await nextTurn()
    sinceTurn = 0
  }
  channel.close()
  close()
  return { worst, order }
}

for (const restMs of [0, 1]) {
  test(`with ${restMs} ms of rest, all arrives in order, and never more than a turn's worth at once`, async () => {
    const { order, worst } = await receiveAll(() => restMs)
    assert.deepEqual(
      order,
      Array.from({ length: FRAMES }, (_, n) => n),
    )
    assert.ok(worst <= MOST_A_TURN, `${worst} bytes in one turn`)
  })
}

test('a host rests between turns while tasks of its own come, and only then', () => {
  const pace = new RelayPace()
  assert.equal(pace.restMs(0), 0)
  pace.served(1000)
  assert.ok(pace.restMs(1000) > 0)
  assert.ok(pace.restMs(1099) > 0)
  assert.equal(pace.restMs(1100), 0)
})
