import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

/** Escape, bell, and the one-byte form of escape and bracket. */
const CONTROL = ['\u001b', '\u0007', '\u009b']

export const attack: Attack = {
  title: 'logs control characters, line ends and escape sequences of terminals',
  source: handler(
    `console.log('a\\r\\nisopod is ready (forged)\\u001b[2J\\u001b]0;escaped\\u0007\\u0000\\u0008\\u009b31m')`,
  ),
  expect: HARMLESS,
  verify: ({ serverOutput }) =>
    CONTROL.some((character) => serverOutput.includes(character)) || serverOutput.includes('\nisopod is ready (forged)')
      ? 'it reached the terminal as it was'
      : undefined,
}
