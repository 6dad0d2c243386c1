import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws an error whose stack is ten million characters, with a name to match',
  source: handler(
    `const error = new Error('x'.repeat(1e7)); error.name = 'y'.repeat(1e7); error.stack = 'z'.repeat(1e7); throw error`,
  ),
  expect: { endings: ['exception', 'exceededCpu', 'exceededMemory'], host: 'survives' },
}
