// The admin port's HTTP server, without its pages. Being on loopback protects it from nobody's browser: any web page can
// send requests there. So the Host header must name this machine (against DNS rebinding), a request that says which page
// it comes from is refused, and what changes something must be JSON, which no page can send unasked.
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { IsopodError } from '../errors.ts'
import { statusOf } from './error-status.ts'

export type AdminServer = FastifyInstance

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]'])
/** A bundle with its source map, as JSON. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

export function createAdminServer(): AdminServer {
  const app = fastify({ bodyLimit: MAX_BODY_BYTES })
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers
    const name = host.replace(/:\d+$/, '')
    if (!LOOPBACK_NAMES.has(name) || (origin !== undefined && origin !== `http://${host}`)) {
      await reply.code(403).send(failure('FORBIDDEN', 'The admin port answers to this machine only.'))
      return
    }
    const { 'content-type': type, 'content-length': length } = request.headers
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (isSafe || (request.method === 'DELETE' && type === undefined && (length === undefined || length === '0')))
      return
    if (type?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json') return
    await reply.code(415).send(failure('INVALID_REQUEST', 'Send JSON, with content-type: application/json.'))
  })
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof IsopodError) {
      await reply.code(statusOf(error.code)).send(failure(error.code, error.message))
    } else if (error.statusCode !== undefined && error.statusCode < 500) {
      await reply.code(error.statusCode).send(failure('INVALID_REQUEST', error.message))
    } else {
      process.stderr.write(`isopod: the admin port failed: ${error.stack ?? error.message}\n`)
      await reply.code(500).send(failure('INTERNAL', 'Something went wrong; the log of the server says what.'))
    }
  })
  app.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send(failure('NOT_FOUND', 'There is no such page.'))
  })
  return app
}

function failure(code: string, message: string): object {
  return { error: { code, message } }
}

/** On a port of its own. @throws IsopodError `PORT_IN_USE` */
export async function listenOnPort(app: AdminServer, port: number): Promise<number> {
  try {
    await app.listen({ port, host: '127.0.0.1' })
  } catch (error) {
    await app.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new IsopodError('PORT_IN_USE', `Port ${port} of 127.0.0.1 is in use by another process.`)
  }
  return (app.server.address() as AddressInfo).port
}

/** On a socket that somebody else holds. */
export async function listenOnHandle(app: AdminServer, handle: unknown): Promise<void> {
  await app.ready()
  await new Promise<void>((resolve, reject) => {
    app.server.once('error', reject)
    app.server.listen(handle, resolve)
  })
}
