import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'searches a typed array of 2**25 elements without end',
  source: handler(`const bytes = new Uint8Array(2 ** 25); for (;;) bytes.indexOf(1)`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
