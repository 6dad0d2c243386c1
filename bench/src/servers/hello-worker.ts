// The worker every runtime serves.
import type { Target } from '../load/plan.ts'

export const HELLO_WORKER = `export default {
  fetch(req) {
    return new Response("Hello from " + new URL(req.url).pathname)
  },
}
`

/** Several paths, so that nobody gains by remembering the last one. */
export const HELLO_TARGETS: readonly Target[] = helloTargets(['hello.localhost'])

/** Requests to the hello workers of some hosts, in turn. */
export function helloTargets(hosts: readonly string[]): readonly Target[] {
  const length = Math.max(8, hosts.length)
  return Array.from({ length }, (_, index) => {
    const path = `/path/${index}`
    return { host: hosts[index % hosts.length] ?? 'localhost', path, body: `Hello from ${path}` }
  })
}
