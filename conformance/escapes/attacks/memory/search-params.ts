import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'appends to search parameters without end, and writes them as text',
  source: handler(
    `const params = new URLSearchParams(); for (let size = 1; ; size *= 2) { for (let i = 0; i < size; i++) params.append('\\u20ac', '\\u20ac'); String(params) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
