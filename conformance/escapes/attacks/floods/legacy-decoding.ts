import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'has the host decode megabytes of legacy encodings, again and again',
  source: handler(
    `const bytes = new Uint8Array(8_000_000).fill(0x82); for (;;) for (const label of ['shift_jis', 'gb18030', 'big5', 'euc-kr', 'iso-2022-jp']) new TextDecoder(label).decode(bytes)`,
  ),
  limits: { cpuMs: 500 },
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
