import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'throws things that are no errors: null, symbols, functions, objects without a prototype',
  source: `const things = [null, undefined, Symbol('s'), () => {}, Object.create(null), 1n, Object.create({ get stack() { throw this } })]
export default { fetch(request) { throw things[Number(new URL(request.url).pathname.slice(1))] } }`,
  requests: Array.from({ length: 7 }, (_, i) => ({ path: `/${i}` })),
  expect: { endings: ['exception'], host: 'survives' },
}
