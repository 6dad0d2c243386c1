// Sockets that outlive the processes which accept on them. The supervisor binds them and never accepts: a child listens
// on its copy, and when the child has gone, connections wait in the kernel's queue for the next one.
//
// node:cluster does the same with the same internal call, but closes its socket when its last worker has gone; here a
// machine with one host must not refuse clients while that host is being replaced.
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { IsopodError } from '../errors.ts'

interface BoundHandle {
  getsockname(out: { port?: number }): number
  close(): void
}

/** What `child.send` and `server.listen` take. */
export interface HeldSocket extends Disposable {
  readonly handle: BoundHandle
  readonly port: number
}

type CreateHandle = (
  address: string,
  port: number,
  type: 4 | 6 | -1,
  fd?: number,
  flags?: number,
) => BoundHandle | number

const createHandle = (net as unknown as { readonly _createServerHandle: CreateHandle })._createServerHandle

/**
 * @param address - an address of this machine
 * @param port - 0 takes a free one
 * @throws IsopodError `PORT_IN_USE`, `INVALID_OPTION`
 */
export async function holdTcp(address: string, port: number): Promise<HeldSocket> {
  // Binding alone succeeds while somebody else listens.
  await assertFree(address, port)
  const type = net.isIPv6(address) ? 6 : 4
  const handle = createHandle(address, port, type, undefined, 0)
  if (typeof handle === 'number') throw unusable(address, port, `error ${handle}`)
  const name: { port?: number } = {}
  handle.getsockname(name)
  return held(handle, name.port ?? port)
}

/** A unix socket. */
export function holdPath(path: string): HeldSocket {
  const handle = createHandle(path, -1, -1, undefined, 0)
  if (typeof handle === 'number') throw new Error(`cannot listen on ${path} (error ${handle})`)
  return held(handle, 0)
}

function held(handle: BoundHandle, port: number): HeldSocket {
  let isOpen = true
  return {
    handle,
    port,
    [Symbol.dispose]() {
      if (isOpen) handle.close()
      isOpen = false
    },
  }
}

/** Hosts of a server that was killed are on their way out for a moment. */
const FREE_WITHIN_MS = 1000
const TRY_EVERY_MS = 50

/** Whether one could listen there. @throws IsopodError `PORT_IN_USE`, `INVALID_OPTION` */
export async function assertFree(
  address: string,
  port: number,
  endMs: number = performance.now() + FREE_WITHIN_MS,
): Promise<void> {
  // Whoever comes in this moment is too early, and must not wait for an answer.
  const server = net.createServer((socket) => socket.destroy())
  try {
    await once(server.listen(port, address), 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE') throw unusable(address, port, message)
    if (performance.now() > endMs) {
      throw new IsopodError('PORT_IN_USE', `Port ${port} of ${address} is in use by another process.`)
    }
    await delay(TRY_EVERY_MS)
    return assertFree(address, port, endMs)
  } finally {
    server.close()
  }
}

function unusable(address: string, port: number, reason: string): IsopodError {
  return new IsopodError('INVALID_OPTION', `This machine cannot listen on ${address}, port ${port}: ${reason}.`)
}
