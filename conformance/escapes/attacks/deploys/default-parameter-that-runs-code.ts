import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hides code in a default of the one parameter',
  source: handler(''),
  forge: (bundle) => ({ ...bundle, script: `__isopod__(function (part = (() => { for (;;); })()) { return {} });0` }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
