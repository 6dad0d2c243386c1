// A runtime in the program's own process: the fastest, for code the program trusts not to loop in a built-in that V8
// cannot interrupt.
import { HttpIngress } from '../host/http/http-ingress.ts'
import type { WorkerId } from '../host/registry.ts'
import { type DispatchOptions, Runtime as Core, type VersionInit } from '../host/runtime.ts'
import type { RuntimeOptions } from '../host/runtime-options.ts'
import type { PoolStats } from '../stats.ts'
import type { Task, TaskResult } from '../task.ts'
import type { HttpDoor, ListenOptions, LoadOptions, Runtime } from './runtime.ts'

export class InlineRuntime implements Runtime {
  readonly #core: Core

  constructor(options: RuntimeOptions) {
    this.#core = new Core(options)
  }

  load(version: VersionInit, { start = 'now' }: LoadOptions = {}): Promise<void> {
    return this.#core.load(version, { start })
  }

  async remove(worker: WorkerId): Promise<boolean> {
    return this.#core.remove(worker)
  }

  workers(): ReturnType<Runtime['workers']> {
    return this.#core.workers()
  }

  dispatch(worker: WorkerId, task: Task, options?: DispatchOptions): Promise<TaskResult> {
    return this.#core.dispatch(worker, task, options)
  }

  async pin(worker: WorkerId): Promise<AsyncDisposable | undefined> {
    const pin = this.#core.pin(worker)
    return pin === undefined ? undefined : { [Symbol.asyncDispose]: async () => pin[Symbol.dispose]() }
  }

  async stats(): Promise<PoolStats> {
    return this.#core.stats()
  }

  async collectGarbage(): Promise<void> {
    this.#core.collectGarbage()
  }

  warmUp(): Promise<void> {
    return this.#core.warmUp()
  }

  async listen({ domain = 'localhost', host = '127.0.0.1', port }: ListenOptions): Promise<HttpDoor> {
    const ingress = new HttpIngress(this.#core, domain)
    await ingress.listen({ host, port })
    const { address, port: actual } = ingress.address
    const close = async (limitMs = 0): Promise<void> => void (await ingress.close(limitMs))
    return { address: { address, port: actual }, close, [Symbol.asyncDispose]: () => close() }
  }

  close(): Promise<void> {
    return this.#core.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
