// Like `until`, for a state that takes a question to learn: asks again, turn by turn, until the answer is the wanted one.
import { isDeepStrictEqual } from 'node:util'
import { setImmediate } from 'node:timers/promises'

export async function eventually<T>(wanted: T, ask: () => Promise<T>): Promise<void> {
  while (!isDeepStrictEqual(await ask(), wanted)) await setImmediate()
}
