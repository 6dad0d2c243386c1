import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sorts sixteen million numbers, natively',
  source: handler(`for (;;) new Float64Array(2 ** 22).map((_, i) => (i * 7919) % 104_729).sort()`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
