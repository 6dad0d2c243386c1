import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends heads larger than any limit',
  source: handler(''),
  requests: [
    { headers: { 'x-large': 'x'.repeat(1_000_000) } },
    { path: `/${'x'.repeat(1_000_000)}` },
    { headers: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, 'v'])) },
  ],
  expect: { endings: ['tooLarge', 'hostLost', 'ok'], host: 'survives' },
}
