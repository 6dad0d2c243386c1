import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys a script that registers nothing',
  source: handler(''),
  forge: (bundle) => ({ ...bundle, script: `0` }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
