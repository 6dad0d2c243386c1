// How fast a host takes in what it only relays. It need not hurry on behalf of streams while it has tasks of its own to
// serve: a process that always has something to do is given the processor late, and so are the tasks that come to it.

/** Tasks that came within this time are taken for a sign of more. */
const SERVES_FOR_MS = 100
/** After each turn at the link: two to three times what the turn itself takes, so a quarter of a core is for relaying. */
const REST_MS = 4

export class RelayPace {
  #servedMs = -Infinity

  /** @param nowMs - on a clock that nobody can set */
  served(nowMs: number): void {
    this.#servedMs = nowMs
  }

  /** How long to rest after a turn; 0: only until everything else has had its own. */
  restMs(nowMs: number): number {
    return nowMs - this.#servedMs < SERVES_FOR_MS ? REST_MS : 0
  }
}
