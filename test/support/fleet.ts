// A server as operators meet it: the command line's process, its admin API, and workers deployed through that.
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { AdminClient, type Refusal, type WorkerAddress } from '../../conformance/support/admin-client.ts'
import { type Answer, type CliOptions, type RequestOptions, type Serve, startServe } from './cli.ts'

export interface TestFleet extends AsyncDisposable {
  readonly serve: Serve
  readonly admin: AdminClient
  /** @throws where it was refused */
  deploy(address: WorkerAddress, source: string, settings?: object): Promise<void>
  tryDeploy(address: WorkerAddress, source: string, settings?: object): Promise<Refusal>
  /** A request on a connection of its own. */
  get(address: WorkerAddress, path?: string, options?: RequestOptions): Promise<Answer>
}

export async function startFleet(args: readonly string[] = [], options: CliOptions = {}): Promise<TestFleet> {
  const serve = await startServe(args, options)
  const admin = new AdminClient(serve.adminPort)
  const tryDeploy = (address: WorkerAddress, source: string, settings: object = {}): Promise<Refusal> =>
    admin.deploy(address, { bundle: bundleSource(source), ...settings }, AbortSignal.timeout(60_000))
  return {
    serve,
    admin,
    tryDeploy,
    async deploy(address, source, settings) {
      const refusal = await tryDeploy(address, source, settings)
      if (refusal !== undefined) throw new Error(`not deployed: ${refusal.code}: ${refusal.message}`)
    },
    get: ({ tenant, worker }, path, more) =>
      serve.get(tenant === 'default' ? worker : `${worker}.${tenant}`, path, more),
    [Symbol.asyncDispose]: () => serve[Symbol.asyncDispose](),
  }
}

/** kill -9, unless told otherwise. @throws where there is nobody: process 0 would be the whole group */
export function kill(target: { readonly pid: number } | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (target === undefined || target.pid <= 0) throw new Error('there is no such process')
  process.kill(target.pid, signal)
}

/** A worker that answers with a text. */
export function answering(text: string): string {
  return `export default { fetch: () => new Response(${JSON.stringify(text)}) }`
}
