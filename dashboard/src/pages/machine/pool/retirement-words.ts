// Why an instance went away, in words.
import type { RetirementCause } from '../../../../../src/observer.ts'

const WORDS: Readonly<Record<RetirementCause, string>> = {
  'task-ended': 'its task ended',
  evicted: 'evicted to make room',
  replaced: 'replaced by another version',
  'limit-hit': 'hit a limit',
  memory: 'memory was short',
  age: 'too old',
  errors: 'threw too often',
  unhealthy: 'worn out',
  surplus: 'more than were needed',
  'load-failed': 'did not load',
  closed: 'its host closed it',
}

/** Where nothing was counted the host that would have counted it may have died. */
export function causeWords(cause: string | undefined): string {
  if (cause === undefined) return 'cause not told'
  return cause in WORDS ? WORDS[cause as RetirementCause] : cause
}
