import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'deploys under names that would collide with another tenant’s in a path, a host name or a table',
  source: handler(`return new Response('the attack')`),
  requests: [
    'quiet.neighbour',
    'attack.neighbour',
    'quiet.neighbour.x',
    'victim.default',
    '__proto__.neighbour',
    'constructor',
    '..',
    'quiet%2eneighbour',
  ].map((name) => ({ steps: [{ send: `GET / HTTP/1.1\r\nHost: ${name}.localhost\r\nConnection: close\r\n\r\n` }] })),
  expect: { endings: ['ok', 'notFound', 'invalidRequest'], host: 'survives' },
  verify: ({ bodies }) =>
    bodies.some((body) => body.includes('the attack')) ? 'it answered under another name' : undefined,
}
