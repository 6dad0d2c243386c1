import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FlightRecorder } from '../../src/host/watch/flight-recorder.ts'
import { createRecordFile } from '../../src/supervisor/record-file.ts'
import { FLIGHT_RECORD, readFlightRecord } from '../../src/wire/flight-record.ts'

test('who is inside on probation is on record before the entry returns', () => {
  using record = createRecordFile()
  const recorder = new FlightRecorder({ fd: record.fd, precise: () => true })
  recorder.enter(3)
  assert.deepEqual(record.read(), { inside: 3, recent: [3] })
})

test('elsewhere those that ran lately are on record, and nobody is inside', () => {
  using record = createRecordFile()
  const recorder = new FlightRecorder({ fd: record.fd, precise: () => false })
  for (const number of [3, 4, 3]) {
    recorder.enter(number)
    recorder.leave()
  }
  assert.deepEqual(record.read(), { inside: 0, recent: [3, 4] })
})

test('what a process that was taken over fills it with is read all the same', () => {
  const { inside, recent } = readFlightRecord(new Uint8Array(FLIGHT_RECORD.bytes).fill(0xff))
  assert.equal(inside, 0xffff_ffff)
  assert.deepEqual(recent, [0xffff_ffff])
})

test('of a version that ran long before the last one nothing is suspected', () => {
  const words = new Uint32Array(FLIGHT_RECORD.bytes / 4)
  const ring = FLIGHT_RECORD.ringOffset / 4
  // Across the moment at which the clock wraps.
  words.set([1, 0xffff_0000, 2, 0xffff_fff0, 3, 40], ring)
  assert.deepEqual(readFlightRecord(new Uint8Array(words.buffer)).recent, [2, 3])
})
