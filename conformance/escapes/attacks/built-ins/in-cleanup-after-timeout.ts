// The entry that tells the guest of the end of a task is short. A listener there may be not.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hangs in indexOf when its task is ended for another reason',
  source:
    handler(`request.signal.addEventListener('abort', () => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1))
    await new Promise(() => {})`),
  requests: [{ leaveAfterMs: 100 }],
  expect: { endings: ['canceled'], host: 'dies' },
  lingersMs: 1500,
}
