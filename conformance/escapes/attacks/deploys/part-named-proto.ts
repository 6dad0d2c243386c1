import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { moduleWith } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'names a part "__proto__", and others after methods of objects',
  source: moduleWith('', `return new Response(typeof {}.content + typeof {}.escaped)`),
  forge: (bundle) =>
    JSON.parse(
      `{"script":${JSON.stringify(bundle.script)},"parts":{"__proto__":{"type":"text","text":"x","escaped":1},"constructor":{"type":"text","text":"y"},"toString":{"type":"text","text":"z"}}}`,
    ),
  expect: { endings: ['ok', 'refusedDeploy'], host: 'survives' },
  verify: bodiesAre('undefinedundefined'),
}
