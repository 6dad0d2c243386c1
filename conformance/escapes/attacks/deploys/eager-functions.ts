// Functions in parentheses are compiled at once, and again with each function around them.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys functions V8 compiles again at each of their levels',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    script: `__isopod__((function (part) { ${'(function(a){'.repeat(400)}${'(function(){var x=1;return x+2});'.repeat(2000)}${'})();'.repeat(400)} return { default: { fetch: () => new Response('done') } } }));0`,
  }),
  expect: { endings: ['refusedDeploy', 'ok', 'exceededCpu'], host: 'survives' },
  runaway: 'uninterruptible',
}
