import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'

export const attack: Attack = {
  title: 'starts operations from callbacks that outlive their task',
  source: `let late = []
export default { async fetch(request, env, ctx) {
  const answer = late.join()
  late = []
  const start = (name) => () => { try { setTimeout(() => late.push(name + ' timer'), 0); fetch(env.ORIGIN).then(() => late.push(name + ' fetch'), () => {}); console.log(name) } catch {} }
  setTimeout(start('timer'), 30); setInterval(start('interval'), 10); fetch(env.ORIGIN).then(start('fetch'), start('refused')); Promise.resolve().then(() => new Promise((resolve) => setTimeout(resolve, 20))).then(start('chain'), () => {})
  return new Response(answer)
} }`,
  requests: [{}, { path: '/again' }, { path: '/again' }],
  expect: HARMLESS,
  verify: bodiesAre(''),
}
