import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'is asked by three hundred clients at once, and never answers',
  source: handler(`await new Promise(() => {})`),
  limits: { wallMs: 1500 },
  requests: [{ times: 300 }],
  expect: { endings: ['exceededWallTime', 'loadShed'], host: 'survives' },
}
