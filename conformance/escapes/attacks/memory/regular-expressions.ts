import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'compiles large regular expressions and keeps them',
  source: handler(
    `const all = []; for (let i = 0; ; i++) { const regex = new RegExp('(?:a|b' + i + '){1,500}c'); regex.test('a'.repeat(10)); all.push(regex) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
