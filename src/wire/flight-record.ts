// The flight recorder's file, as hosts write it and the supervisor reads it; see `host/watch/flight-recorder.ts`.

export const FLIGHT_RECORD = {
  ringOffset: 8,
  slots: 1024,
  /** A version that runs is written at least this often, in milliseconds. */
  intervalMs: 100,
  bytes: 8200,
} as const

/** One clock for all processes of the machine, in milliseconds; wraps after 49 days, which the reader allows for. */
export function flightClockMs(): number {
  return Number((process.hrtime.bigint() / 1_000_000n) % 0x1_0000_0000n)
}

export interface FlightRecord {
  /** Number of the version inside, where the process recorded that; 0 for nobody. */
  readonly inside: number
  /** Versions that ran in the last moments. */
  readonly recent: readonly number[]
}

export function readFlightRecord(bytes: Uint8Array): FlightRecord {
  const words = new Uint32Array(bytes.slice(0, FLIGHT_RECORD.bytes).buffer)
  const pairs: { readonly number: number; readonly timeMs: number }[] = []
  for (let i = FLIGHT_RECORD.ringOffset / 4; i + 1 < words.length; i += 2) {
    const number = words[i] ?? 0
    if (number !== 0) pairs.push({ number, timeMs: words[i + 1] ?? 0 })
  }
  // Whoever was inside had been written within one interval before the death, and the newest of all is not after it.
  const newest = pairs.reduce<number | undefined>(
    (latest, { timeMs }) => (latest === undefined || ((timeMs - latest) | 0) > 0 ? timeMs : latest),
    undefined,
  )
  const recent = new Set<number>()
  for (const { number, timeMs } of pairs) {
    if (newest !== undefined && (newest - timeMs) >>> 0 <= FLIGHT_RECORD.intervalMs + 10) recent.add(number)
  }
  return { inside: words[0] ?? 0, recent: [...recent] }
}
