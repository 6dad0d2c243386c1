import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves a hundred thousand rejections behind',
  source: handler(`for (let i = 0; i < 100_000; i++) Promise.reject(new Error('rejected ' + i))`),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
}
