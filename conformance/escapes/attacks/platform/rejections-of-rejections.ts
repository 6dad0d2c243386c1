import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'rejects again in what hears of rejections',
  source:
    handler(`addEventListener('unhandledrejection', () => { Promise.reject(new Error('again')); Promise.reject(new Error('and again')) })
    Promise.reject(new Error('first'))
    await new Promise((resolve) => setTimeout(resolve, 300))`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
