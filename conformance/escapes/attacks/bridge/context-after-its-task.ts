import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'

export const attack: Attack = {
  title: 'keeps ctx and request of one task, and uses them from another',
  source: `const kept = []
export default { async fetch(request, env, ctx) {
  const out = []
  for (const old of kept) {
    try { old.ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1))); out.push('waited') } catch (error) { out.push('refused') }
    try { out.push(await old.request.text()) } catch { out.push('refused') }
    try { out.push(String(old.request.headers.get('x-secret'))) } catch { out.push('refused') }
  }
  kept.push({ ctx, request })
  return new Response(out.join())
} }`,
  requests: [
    { method: 'POST', body: 'first', headers: { 'x-secret': 'one' } },
    { method: 'POST', body: 'second' },
    { times: 4 },
  ],
  expect: ANSWER_OR_EXCEPTION,
  verify: ({ bodies }) =>
    bodies.some((body) => body.includes('second')) && bodies[1]?.includes('second')
      ? 'a body reached another task'
      : undefined,
}
