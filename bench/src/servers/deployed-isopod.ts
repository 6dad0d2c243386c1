// Isopod as shipped with many workers deployed over the admin port, and loaded by nothing but their first request.
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import { startIsopod } from './isopod.ts'
import type { IsopodServer } from './isopod-server.ts'

interface DeployedOptions {
  /** Names of workers, and of their tenants. */
  readonly workers: readonly { readonly tenant: string; readonly worker: string }[]
  readonly source: string
  readonly args: readonly string[]
}

interface HostPool {
  readonly hits: number
  readonly misses: number
  readonly instances: number
}

export interface DeployedIsopod extends IsopodServer {
  /** Of all hosts together. */
  pool(): Promise<HostPool>
  rssMb(): Promise<number>
}

const DEPLOYERS = 4

export async function startDeployedIsopod({ args, source, workers }: DeployedOptions): Promise<DeployedIsopod> {
  const server = await startIsopod({ workers: 1, args: ['--admin-changes-per-minute', '100000', ...args] })
  const bundle = bundleSource(source)
  const left = [...workers]
  const deploy = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      await server.admin.deploy(next, { bundle, start: 'on-demand' })
    }
  }
  await Promise.all(Array.from({ length: DEPLOYERS }, deploy))
  return {
    ...server,
    async pool() {
      const { cached, hits, misses } = await server.admin.pool()
      return { hits, misses, instances: cached }
    },
    async rssMb() {
      const { hosts } = await server.admin.hosts()
      const bytes = hosts.filter(({ tier }) => tier === 'main').reduce((sum, host) => sum + host.rss_bytes, 0)
      return bytes / 1024 / 1024
    },
  }
}
