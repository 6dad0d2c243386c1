import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws in what hears of errors',
  source:
    handler(`globalThis.onerror = () => { setTimeout(() => { throw new Error('again') }); reportError(new Error('more')); throw new Error('inside') }
    reportError(new Error('first'))
    await new Promise((resolve) => setTimeout(resolve, 300))`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
