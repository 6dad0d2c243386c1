// isolated-vm copies what a script throws, getters and all, outside of any time limit.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws a value with getters that loop, beside the call',
  source: handler(''),
  forge: (bundle) => ({
    ...bundle,
    script: `${bundle.script}\nthrow { get message() { for (;;); }, get stack() { for (;;); } }`,
  }),
  // What it throws never leaves the script; the worker it registered is as good as any.
  expect: { endings: ['refusedDeploy', 'ok'], host: 'survives' },
}
