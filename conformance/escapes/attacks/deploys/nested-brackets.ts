// A parser in native code has the stack of its thread and no RangeError: deep enough, it takes its process along.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys brackets a million deep',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    script: `__isopod__(function (part) { ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)} });0`,
  }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
