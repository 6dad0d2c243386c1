import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'calls functions with more arguments than a stack has room for',
  source:
    handler(`const many = new Array(2 ** 24).fill(1); for (let i = 0; i < 10; i++) try { Math.max(...many) } catch {}
    try { new Function(...many) } catch {}
    try { String.fromCharCode.apply(null, many) } catch {}`),
  limits: { heapMb: 256, cpuMs: 1000 },
  expect: LIMIT_OR_HOST_KILLED,
}
