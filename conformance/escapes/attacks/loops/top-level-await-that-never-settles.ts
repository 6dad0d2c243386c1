import type { Attack } from '../../attack.ts'
import { CPU_LIMIT_AT_DEPLOY } from '../../expectations.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'waits at its top level for ever',
  source: moduleWith(`await new Promise(() => {})`),
  limits: { startupWallMs: 1000 },
  expect: CPU_LIMIT_AT_DEPLOY,
}
