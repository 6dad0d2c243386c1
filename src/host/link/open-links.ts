// A door for other processes' tasks: a socket that the supervisor holds, and a link for each process that connects to it.
import { createServer, type Server } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Router } from '../destination.ts'
import { serveTasks, type TaskServing } from './task-server.ts'

export interface LinkDoorOptions {
  readonly router: Router
  /** What askers have to know. */
  readonly key?: string
}

const IDLE_LOOK_MS = 10

/** Resolves, when it accepts, with what closes it: askers are told to go elsewhere, and those that still wait are served. */
export async function openLinks(
  handle: unknown,
  { key, router }: LinkDoorOptions,
): Promise<(limitMs: number) => Promise<number>> {
  const links = new Set<TaskServing>()
  const server: Server = createServer((socket) => {
    const link = serveTasks(socket, { router, key, closed: () => links.delete(link) })
    links.add(link)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(handle, resolve)
  })
  return async (limitMs) => {
    const endMs = performance.now() + limitMs
    server.close()
    for (const link of links) link.leave()
    while (links.size > 0 && performance.now() < endMs) await delay(IDLE_LOOK_MS)
    return 0
  }
}
