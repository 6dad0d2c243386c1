import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys a sum of a million terms, which parsers nest to the left',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    script: `__isopod__(function (part) { return { default: { fetch: () => new Response(${'1+'.repeat(1_000_000)}1) } } });0`,
  }),
  expect: { endings: ['refusedDeploy', 'ok', 'exception', 'loadFailed', 'exceededCpu', 'recycled'], host: 'survives' },
}
