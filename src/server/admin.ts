// The admin port. Being on loopback protects it from nobody's browser: any web page can send requests there. So the
// Host header must name this machine (against DNS rebinding), and a request that says which page it comes from is refused.
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { IsopodError } from '../errors.ts'
import type { PoolStats } from '../pool/pool-stats.ts'
import { poolReport } from './pool-report.ts'

export interface AdminOptions {
  readonly port: number
  readonly stats: () => PoolStats
}

export interface Admin extends AsyncDisposable {
  readonly port: number
  close(): Promise<void>
}

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** @throws IsopodError `PORT_IN_USE` */
export async function startAdmin({ port, stats }: AdminOptions): Promise<Admin> {
  const app = fastify()
  app.addHook('onRequest', async (request, reply) => {
    const { host = '', origin } = request.headers
    const name = host.replace(/:\d+$/, '')
    if (LOOPBACK_NAMES.has(name) && (origin === undefined || origin === `http://${host}`)) return
    await reply
      .code(403)
      .send({ error: { code: 'FORBIDDEN', message: 'The admin port answers to this machine only.' } })
  })
  app.get('/admin/pool', async () => poolReport(stats()))
  app.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'There is no such page.' } })
  })
  try {
    await app.listen({ port, host: '127.0.0.1' })
  } catch (error) {
    await app.close()
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new IsopodError('PORT_IN_USE', `Port ${port} of 127.0.0.1 is in use by another process.`)
  }
  const address = app.server.address() as AddressInfo
  const close = async (): Promise<void> => {
    await app.close()
  }
  return { port: address.port, close, [Symbol.asyncDispose]: close }
}
