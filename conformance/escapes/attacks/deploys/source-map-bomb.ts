import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends a source map of ten million mappings, and throws so that it is read',
  source: handler(`throw new Error('mapped')`),
  forge: (bundle) => ({
    ...bundle,
    sourceMap: JSON.stringify({ version: 3, sources: ['a.js'], names: [], mappings: 'AAAA,'.repeat(4_000_000) }),
  }),
  expect: { endings: ['exception', 'refusedDeploy', 'loadFailed'], host: 'survives' },
  runaway: 'uninterruptible',
}
