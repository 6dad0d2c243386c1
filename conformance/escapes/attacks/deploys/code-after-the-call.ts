// The program is called inside the guest's own try. What stands beside the call would run outside of it.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'puts a loop after the one call a script is made of',
  source: handler(''),
  forge: (bundle) => ({ ...bundle, script: `${bundle.script}\nfor (;;);` }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
