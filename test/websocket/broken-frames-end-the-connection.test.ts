import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { ECHO, frame, rawClient, startSocketServer } from '../support/websocket.ts'

const TEXT = 0x81
const BINARY = 0x82
const CONTINUED = 0x80
const PING = 0x89
const CLOSE = 0x88

/** The worker hears of it with the code the client was sent. */
const CASES: Readonly<Record<string, readonly [code: number, bytes: Buffer]>> = {
  'no mask': [1002, Buffer.from([TEXT, 2, 0x68, 0x69])],
  'an operation nobody knows': [1002, frame(0x83, Buffer.from('x'))],
  'a reserved bit': [1002, frame(0xc1, Buffer.from('x'))],
  'the rest of nothing': [1002, frame(CONTINUED, Buffer.from('x'))],
  'a message within a message': [1002, Buffer.concat([frame(0x01, Buffer.from('x')), frame(TEXT, Buffer.from('y'))])],
  'a ping in parts': [1002, frame(0x09, Buffer.from('x'))],
  'a ping that is long': [1002, frame(PING, Buffer.alloc(126))],
  'text that is no UTF-8': [1007, frame(TEXT, Buffer.from([0xff, 0xfe]))],
  'a reason that is no UTF-8': [1007, frame(CLOSE, Buffer.from([0x03, 0xe8, 0xff]))],
  'a code that is none': [1002, frame(CLOSE, Buffer.from([0x03, 0xee]))],
  'a message that is too long': [1009, frame(BINARY, Buffer.alloc(2000))],
  'a message that is too long, in parts': [
    1009,
    Buffer.concat([frame(0x02, Buffer.alloc(800)), frame(CONTINUED, Buffer.alloc(800))]),
  ],
}

for (const [what, [code, bytes]] of Object.entries(CASES)) {
  test(what, async () => {
    await using t = await startSocketServer()
    await t.load('echo', ECHO, { limits: { webSocketMessageBytes: 1024 } })
    const socket = await rawClient(t.port, 'echo.localhost')
    socket.write(bytes)
    const received: Buffer[] = []
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    await once(socket, 'close')
    const answer = Buffer.concat(received)
    assert.equal(answer[0], CLOSE)
    assert.equal(answer.readUInt16BE(2), code)
    assert.deepEqual(await t.events('echo', 1), [[code, '', true]])
  })
}
