import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'groups an endless iterable, each element on its own',
  source: handler(`Object.groupBy({ [Symbol.iterator]: function* () { for (let i = 0; ; i++) yield i } }, (n) => n)`),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
