import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends parts whose content is not what they say',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    parts: {
      a: { type: 'wasm', base64: 'not base64 at all' },
      b: { type: 'data', bytes: { length: 1e9 } },
      c: { type: 'text', text: { toString: 1 } },
    },
  }),
  expect: { endings: ['refusedDeploy'], host: 'survives' },
}
