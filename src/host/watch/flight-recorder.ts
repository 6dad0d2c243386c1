// Who was inside when a process died without a word: numbers of versions, written to a file that outlives the process.
//
// The supervisor hands over the file's descriptor. A positioned write to it costs 1–3 µs, so how much is written depends
// on the tier. `precise` (probation) writes whoever is inside, at every entry, so that even an instant abort has a name.
// Otherwise a version is written once in a while as long as it runs: an abort then has a few suspects.
//
// Layout, in u32: [0] who is inside, 0 for nobody · then a ring of [number, time in ms] pairs.
import { writeSync } from 'node:fs'
import type { EntryWatch } from '../../instance/entry-watch.ts'
import { FLIGHT_RECORD, flightClockMs } from '../../wire/flight-record.ts'

export interface FlightRecorderOptions {
  readonly fd: number
  readonly precise: () => boolean
}

export class FlightRecorder implements EntryWatch {
  readonly #fd: number
  readonly #isPrecise: () => boolean
  readonly #inside = new Uint32Array(1)
  readonly #insideBytes = new Uint8Array(this.#inside.buffer)
  readonly #pair = new Uint32Array(2)
  readonly #pairBytes = new Uint8Array(this.#pair.buffer)
  /** Version → when it was last written to the ring. */
  readonly #written = new Map<number, number>()
  #slot = 0
  #clearing = false

  constructor({ fd, precise }: FlightRecorderOptions) {
    this.#fd = fd
    this.#isPrecise = precise
  }

  enter(version: number): void {
    const nowMs = performance.now()
    const writtenMs = this.#written.get(version)
    if (writtenMs === undefined || nowMs - writtenMs > FLIGHT_RECORD.intervalMs) this.#remember(version, nowMs)
    if (this.#isPrecise() && this.#inside[0] !== version) this.#write(version)
  }

  /** What the host does for the worker right after an entry is on its account too: cleared when the turn ends. */
  leave(): void {
    if (this.#clearing || this.#inside[0] === 0) return
    this.#clearing = true
    setImmediate(() => {
      this.#clearing = false
      this.#write(0)
    })
  }

  #remember(version: number, nowMs: number): void {
    if (this.#written.size > FLIGHT_RECORD.slots) this.#written.clear()
    this.#written.set(version, nowMs)
    this.#pair[0] = version
    this.#pair[1] = flightClockMs()
    this.#slot = (this.#slot + 1) % FLIGHT_RECORD.slots
    writeSync(this.#fd, this.#pairBytes, 0, 8, FLIGHT_RECORD.ringOffset + this.#slot * 8)
  }

  #write(version: number): void {
    this.#inside[0] = version
    writeSync(this.#fd, this.#insideBytes, 0, 4, 0)
  }
}
