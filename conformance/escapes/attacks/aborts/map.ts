import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'grows a Map until V8 cannot',
  source: handler(`const map = new Map(); for (let i = 0; ; i++) map.set(i, i)`),
  limits: { cpuMs: 3000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
