import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps the registration and calls it once more later',
  source: handler(''),
  forge: (bundle) => ({ ...bundle, script: `globalThis.kept = __isopod__; ${bundle.script}` }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
