import type { Attack } from '../../attack.ts'
import { all, noHeaderNamed, oneResponseEach } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes the checks of headers say yes',
  source:
    handler(`RegExp.prototype.test = () => true; RegExp.prototype.exec = () => null; RegExp.prototype[Symbol.replace] = (text) => text; String.prototype.charCodeAt = () => 97; String.prototype.includes = () => false; String.prototype.indexOf = () => -1; String.prototype.slice = () => 'b\\nx-escaped\\n1'
    return new Response('x', { headers: { 'x-a': 'b\\r\\nx-escaped: 1' } })`),
  expect: ANSWER_OR_EXCEPTION,
  verify: all(noHeaderNamed('x-escaped'), oneResponseEach),
}
