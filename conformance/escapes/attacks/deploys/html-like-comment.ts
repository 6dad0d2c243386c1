import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hides the end of its script in a comment that only scripts know',
  source: handler(''),
  forge: (bundle) => ({ ...bundle, script: bundle.script.replace('"use strict";', '"use strict"; <!-- ') }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
