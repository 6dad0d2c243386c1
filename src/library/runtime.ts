// What a runtime is to a program that uses Isopod as a library, whatever it runs on.
import type { AddressInfo } from 'node:net'
import type { WorkerId } from '../host/registry.ts'
import type { DispatchOptions, VersionInit } from '../host/runtime.ts'
import type { PoolStats } from '../stats.ts'
import type { Task, TaskResult } from '../task.ts'

export interface LoadOptions {
  /** `now` (default): load it, and fail if it cannot be loaded. `on-demand`: its first task loads it. */
  readonly start?: 'now' | 'on-demand'
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
  /** Workers answer at `<worker>.<domain>`, and `<worker>.<tenant>.<domain>`. Default `localhost`. */
  readonly domain?: string
}

/** A port on which the workers of a runtime answer. */
export interface HttpDoor extends AsyncDisposable {
  readonly address: Pick<AddressInfo, 'address' | 'port'>
  /** Stops accepting, lets what runs finish, then closes; after `limitMs` (default 0) it closes what is left. */
  close(limitMs?: number): Promise<void>
}

export interface Runtime extends AsyncDisposable {
  /**
   * Makes a version the one that answers for its worker. The previous one answers until the new one is ready, and
   * finishes the tasks it has.
   *
   * @throws IsopodError `INVALID_WORKER_ID`, `INVALID_BUNDLE`, `INVALID_OPTION`; `LOAD_FAILED` and the codes of limits
   *   when the version does not load, `HOST_LOST` when loading it ended the host process: nothing has changed then
   *
   * @example
   * await using runtime = createRuntime()
   * const bundle = bundleSource('export default (_input, env) => env.greeting')
   * await runtime.load({ worker: 'app', bundle, env: { greeting: 'hello' }, limits: { heapMb: 32 } })
   * console.log(runtime.workers().length) // → 1
   */
  load(version: VersionInit, options?: LoadOptions): Promise<void>

  /** Forgets a worker; its tasks finish. Returns whether there was one. */
  remove(worker: WorkerId): Promise<boolean>

  workers(): readonly { readonly tenant: string; readonly worker: string; readonly version: string }[]

  /**
   * Runs one task and resolves when it is answered: with the response's head and body, an output, or an outcome that
   * says why not. Never rejects for what a worker does.
   *
   * @throws IsopodError `INVALID_WORKER_ID`, `INVALID_TASK`
   *
   * @example
   * await using runtime = createRuntime()
   * await runtime.load({ worker: 'app', bundle: bundleSource('export default { fetch: () => Response.json([1, 2]) }') })
   * const request = { method: 'GET', url: 'http://app.localhost/', headers: [] }
   * const { response, body, usage } = await runtime.dispatch('app', { type: 'fetch', request })
   * console.log(response?.status, body, usage.subrequests) // → 200 [1,2] 0
   */
  dispatch(worker: WorkerId, task: Task, options?: DispatchOptions): Promise<TaskResult>

  /** Keeps a worker's instance from being evicted until the handle is disposed of; undefined where it has none. */
  pin(worker: WorkerId): Promise<AsyncDisposable | undefined>

  stats(): Promise<PoolStats>

  /** Collects garbage in every idle instance; takes some milliseconds each. */
  collectGarbage(): Promise<void>

  /** Resolves when it is ready for tasks, with its reserve of blank instances full. */
  warmUp(): Promise<void>

  /**
   * Opens a port on which workers answer over HTTP.
   *
   * @throws IsopodError `PORT_IN_USE`
   *
   * @example
   * await using runtime = createRuntime()
   * await runtime.load({ worker: 'hello', bundle: bundleSource('export default { fetch: () => new Response("hello") }') })
   * await using door = await runtime.listen({ port: 0 })
   * // The worker answers at http://hello.localhost:<port>/, where <port> is door.address.port.
   * console.log(door.address.address) // → 127.0.0.1
   */
  listen(options: ListenOptions): Promise<HttpDoor>

  /** Refuses new tasks, ends those that run, frees all. */
  close(): Promise<void>
}
