// Being on loopback protects the admin port from nobody's browser: any web page can send requests there. So the Host header
// must name this machine, or what the operator said (against DNS rebinding), a request that says which page it comes from is
// refused, and what changes something must be JSON, which no page can send unasked.
import { isIPv6, type Socket } from 'node:net'
import { IsopodError } from '../errors.ts'
import type { AdminServer } from './admin-server.ts'
import { isRead } from './access.ts'
import { failure } from './error-replies.ts'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes any bytes, as `application/octet-stream`, which no page can send unasked either. */
    takesBytes?: boolean
  }
}

/** @param hosts - further names it answers to */
export function guardAgainstPages(app: AdminServer, hosts: readonly string[]): void {
  const names = new Set([...LOOPBACK_NAMES, ...hosts])
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers
    const name = host.replace(/:\d+$/, '').toLowerCase()
    const isOurs = names.has(name) || name === ownName(request.socket)
    if (!isOurs || (origin !== undefined && origin !== `http://${host}`)) {
      throw new IsopodError('FORBIDDEN', 'The admin port does not answer to this Host, or to pages of this Origin.')
    }
    const { 'content-type': type, 'content-length': length } = request.headers
    const hasNoBody = type === undefined && (length === undefined || length === '0')
    if (isRead(request.method) || (request.method === 'DELETE' && hasNoBody)) return
    const wanted = request.routeOptions.config.takesBytes === true ? 'application/octet-stream' : 'application/json'
    if (type?.split(';', 1)[0]?.trim().toLowerCase() === wanted) return
    await reply.code(415).send(failure('INVALID_REQUEST', `Send it with content-type: ${wanted}.`))
  })
}

/** The address that the connection was made to. No page gets there under a name of its own. */
function ownName({ localAddress = '' }: Socket): string {
  const address = localAddress.replace(/^::ffff:(?=[\d.]+$)/, '')
  return isIPv6(address) ? `[${address}]` : address
}
