import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets the names of options on Object.prototype: status, headers, body, signal, method',
  source:
    handler(`Object.assign(Object.prototype, { status: 500, headers: { 'x-escaped': '1' }, method: 'DELETE', redirect: 'error', signal: AbortSignal.abort() })
    return new Response('by default', {})`),
  expect: ANSWER_OR_EXCEPTION,
}
