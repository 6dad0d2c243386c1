import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'grows an array buffer by transferring it',
  source: handler(
    `const all = []; for (;;) all.push(new ArrayBuffer(1).transfer(2 ** 24).transferToFixedLength(2 ** 25))`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
