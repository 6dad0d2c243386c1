import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'matches a URL pattern whose expression backtracks for ever',
  source: handler(`new URLPattern({ pathname: '/:name((?:a+)+)b' }).test({ pathname: '/' + 'a'.repeat(64) + 'c' })`),
  expect: { endings: ['exceededCpu', 'recycled', 'exception', 'ok'], host: 'survives' },
}
