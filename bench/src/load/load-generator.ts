// A benchmark's handle on its load generator. One process serves all rounds, so that its code is warm for all servers.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { LoadPlan, LoadReply, LoadReport } from './plan.ts'

export class LoadGenerator implements Disposable {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, 'generator.ts'), { execArgv: [] })

  /** Runs one plan; throws when any answer was not the expected one. */
  async run(plan: LoadPlan): Promise<LoadReport> {
    this.#child.send(plan)
    const [reply] = (await once(this.#child, 'message')) as [LoadReply]
    if (reply.type === 'failed') throw new Error(`load on port ${plan.port} failed: ${reply.message}`)
    return reply.report
  }

  [Symbol.dispose](): void {
    this.#child.disconnect()
  }
}
