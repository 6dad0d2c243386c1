import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys a sum of a million terms, which parsers nest to the left',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    script: `__isopod__(function (part) { return { default: { fetch: () => new Response(${'1+'.repeat(1_000_000)}1) } } });0`,
  }),
  // V8 parses a function in one go.
  expect: { ...LIMIT_OR_HOST_KILLED, endings: [...LIMIT_OR_HOST_KILLED.endings, 'refusedDeploy', 'loadFailed'] },
}
