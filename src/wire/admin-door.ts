// What the admin port demands of those who come.
import type { GivenToken } from './caller.ts'

export interface AdminDoor {
  /** Host names it answers to, besides its own address and those of loopback. */
  readonly hosts: readonly string[]
  /** Whether whoever shows no token is a stranger, and not this machine's operator. */
  readonly requireToken: boolean
  /** Valid without being stored. */
  readonly given: readonly GivenToken[]
  readonly changesPerMinute: number
  readonly readsPerMinute: number
}
