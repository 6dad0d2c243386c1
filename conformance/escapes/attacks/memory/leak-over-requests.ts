import type { Attack } from '../../attack.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps a megabyte of each of two hundred requests',
  source: moduleWith(`const all = []`, `all.push(new Array(2 ** 17).fill(all.length))`),
  requests: Array.from({ length: 20 }, () => ({ times: 10 })),
  expect: { endings: ['ok', 'exceededMemory', 'exceededCpu', 'recycled'], host: 'survives' },
}
