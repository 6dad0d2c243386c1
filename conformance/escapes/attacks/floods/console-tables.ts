import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'has the console lay out a table of a million rows',
  source: handler(`console.table(Array.from({ length: 1_000_000 }, (_, i) => [i, i, i]))`),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
}
