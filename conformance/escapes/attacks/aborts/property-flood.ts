import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives one object so many properties that its dictionary cannot grow',
  source: handler(`const object = {}; for (let i = 0; ; i++) object['key' + i] = i`),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
