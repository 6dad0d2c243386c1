import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'loops in the pull of a response that has begun',
  source: `export default { fetch: () => { let n = 0; return new Response(new ReadableStream({ async pull(controller) {
  if (n++ === 0) return controller.enqueue(new TextEncoder().encode('begun'))
  await new Promise((resolve) => setTimeout(resolve, 1))
  for (;;);
} })) } }`,
  expect: { endings: ['cut', 'exceededCpu', 'recycled'], host: 'survives' },
  runaway: 'interruptible',
}
