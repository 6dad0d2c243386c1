import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'ends the process from a timer, while other tasks of it wait',
  source: handler(`if (request.url.endsWith('/end')) setTimeout(() => 'x'.repeat(2 ** 28).split(''), 50)
    await new Promise((resolve) => setTimeout(resolve, 500))`),
  requests: [{ path: '/end', times: 4 }],
  expect: HOST_KILLED,
}
