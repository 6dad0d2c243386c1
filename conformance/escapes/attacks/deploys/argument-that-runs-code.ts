import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'passes to the call, instead of a function, an expression that loops',
  source: handler(''),
  forge: (bundle) => ({ ...bundle, script: `__isopod__((() => { for (;;); })());0` }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
