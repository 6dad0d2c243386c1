// The file behind a host's flight record: in memory where there is a tmpfs, and without a name, so that nothing is left.
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FLIGHT_RECORD, type FlightRecord, readFlightRecord } from '../wire/flight-record.ts'

export interface RecordFile extends Disposable {
  readonly fd: number
  read(): FlightRecord
}

let count = 0

export function createRecordFile(): RecordFile {
  const fd = openUnnamed('/dev/shm') ?? openUnnamed(tmpdir())
  if (fd === undefined) throw new Error(`no file can be made in ${tmpdir()}`)
  // Its room is taken now: a write must not fail later because the disk is full.
  writeSync(fd, new Uint8Array(FLIGHT_RECORD.bytes), 0, FLIGHT_RECORD.bytes, 0)
  return {
    fd,
    read: () => {
      const bytes = new Uint8Array(FLIGHT_RECORD.bytes)
      readSync(fd, bytes, 0, bytes.length, 0)
      return readFlightRecord(bytes)
    },
    [Symbol.dispose]: () => closeSync(fd),
  }
}

function openUnnamed(folder: string): number | undefined {
  count += 1
  const path = join(folder, `isopod-record-${process.pid}-${count}`)
  try {
    const fd = openSync(path, 'wx+', 0o600)
    rmSync(path)
    return fd
  } catch {
    return undefined
  }
}
