// Keeps a host inside its share of the machine's memory, in steps: idle instances go first; then tasks that would need a
// new instance are refused; and when nothing of that helps, the host asks for a successor, which loses no request.
// Heap limits bound what V8 counts; this looks at what the process really holds.
import { freemem, totalmem } from 'node:os'
import { residentBytes } from './resident-memory.ts'

export interface MemoryGuardOptions {
  readonly memoryMb: number
  readonly pool: { evictIdle(most: number): number; memory: 'available' | 'full' }
  /** Its memory will not come down. Called once. */
  readonly worn: (reason: string) => void
}

const LOOK_MS = 250
/** Shares of the host's memory. */
const EVICT_ABOVE = 0.8
const REFUSE_ABOVE = 0.9
/** Share of the machine's memory that nobody uses; below it a machine begins to swap. */
const MACHINE_FREE_BELOW = 0.03
const EVICT_AT_ONCE = 8
const WORN_AFTER_MS = 10_000

/** Looks until the process ends. */
export function guardMemory({ memoryMb, pool, worn }: MemoryGuardOptions): void {
  const limitBytes = memoryMb * 1024 * 1024
  let highSinceMs: number | undefined
  let isWorn = false
  setInterval(() => {
    const usedBytes = residentBytes()
    const used = usedBytes / limitBytes
    const isMachineLow = freemem() / totalmem() < MACHINE_FREE_BELOW
    if (used > EVICT_ABOVE || isMachineLow) pool.evictIdle(EVICT_AT_ONCE)
    pool.memory = used > REFUSE_ABOVE || isMachineLow ? 'full' : 'available'
    highSinceMs = used > EVICT_ABOVE ? (highSinceMs ?? performance.now()) : undefined
    if (isWorn || highSinceMs === undefined || performance.now() - highSinceMs < WORN_AFTER_MS) return
    isWorn = true
    worn(`its resident memory stays at ${Math.round(usedBytes / 1024 / 1024)} of ${memoryMb} MiB`)
  }, LOOK_MS)
}
