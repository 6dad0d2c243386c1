import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys templates and functions nested ten thousand deep',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    script: `__isopod__(function (part) { ${'`${(()=>'.repeat(10_000)}1${')()}`'.repeat(10_000)} });0`,
  }),
  expect: { endings: ['refusedDeploy', 'ok', 'exception'], host: 'survives' },
}
