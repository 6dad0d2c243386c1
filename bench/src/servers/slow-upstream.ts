// A server somewhere else, as workers meet it: it answers after a while. To `/together` it answers only once a thousand requests
// wait there at once.
import { join } from 'node:path'
import { type ServerProcess, startServer } from './server-process.ts'

export const ANSWERS_AFTER_MS = 50
export const TOGETHER = 1000

export interface SlowUpstream extends ServerProcess {
  readonly origin: string
}

export async function startSlowUpstream(): Promise<SlowUpstream> {
  const program = join(import.meta.dirname, 'slow-upstream-program.ts')
  const server = await startServer({ command: process.execPath, args: [program], readyFd: 1 })
  return { ...server, origin: `http://127.0.0.1:${server.port}` }
}

/** A worker that answers with what the upstream says. */
export function fetchingWorker(origin: string): string {
  return `export default {
  async fetch(request) {
    const { pathname } = new URL(request.url)
    return new Response(await (await fetch(${JSON.stringify(origin)} + pathname)).text())
  },
}
`
}
