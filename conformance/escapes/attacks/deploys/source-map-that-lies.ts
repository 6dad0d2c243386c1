import type { Attack } from '../../attack.ts'
import { showsNothingOfTheHost } from '../../checks.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends source maps with sections, huge numbers and paths of the host',
  source: handler(`throw new Error('mapped')`),
  forge: (bundle) => ({
    ...bundle,
    sourceMap: JSON.stringify({
      version: 3,
      sources: ['../../../etc/passwd', '__proto__', null],
      names: 5,
      mappings: ';gggggggggggggggggggggB,//////////////////////////D;',
      sections: [{}],
    }),
  }),
  expect: { endings: ['exception', 'refusedDeploy', 'loadFailed'], host: 'survives' },
  verify: showsNothingOfTheHost,
}
