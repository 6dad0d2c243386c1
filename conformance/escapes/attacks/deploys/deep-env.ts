import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends an env five thousand levels deep',
  source: handler(`return new Response(typeof env.deep)`),
  env: { deep: JSON.parse(`${'['.repeat(4000)}${']'.repeat(4000)}`) },
  expect: { endings: ['refusedDeploy', 'ok'], host: 'survives' },
}
