// Waits for a state the code under test has no event for. The runner's time limit is the only one.
import { setImmediate } from 'node:timers/promises'

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate()
}
