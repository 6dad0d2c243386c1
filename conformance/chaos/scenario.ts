// What a scenario is: something that happens to a real server, and what it may cost.

export interface Wishes {
  /** How long what is repeated goes on; a scenario's own time unless given. */
  readonly seconds: number | undefined
  /** Fewer rounds where a scenario has many. */
  readonly quick: boolean
  /** The machine's clock may be set, for everybody who is on it. */
  readonly withClock: boolean
}

export interface Report {
  /** What was done and measured, for people. */
  readonly figures: Readonly<Record<string, string | number>>
  /** What should not have been; empty where it passed. */
  readonly problems: readonly string[]
  /** Why it was not carried out. */
  readonly skipped?: string
}

export interface Scenario {
  readonly name: string
  readonly title: string
  run(wishes: Wishes): Promise<Report>
}

export function skip(reason: string): Report {
  return { figures: {}, problems: [], skipped: reason }
}
