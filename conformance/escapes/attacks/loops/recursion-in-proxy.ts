import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the stack with proxies of proxies',
  source: handler(
    `let proxy = {}; for (let i = 0; i < 100_000; i++) proxy = new Proxy(proxy, {}); for (;;) try { proxy.a } catch {}`,
  ),
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
