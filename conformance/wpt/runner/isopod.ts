// Isopod as it ships: the library's runtime with everything at its defaults, in a process of its own. Each file is a
// worker of its own, so that one which takes the process down is held back without the others.
import { join } from 'node:path'
import { bundleProject } from '../../../src/bundle/bundle-project.ts'
import { createRuntime } from '../../../src/library/create-runtime.ts'
import type { TaskResult } from '../../../src/task.ts'
import { limitsOf } from '../limits.ts'
import type { TestReport } from '../realm/run-test.ts'
import type { RuntimeUnderTest } from './runtime-under-test.ts'

const REALM = join(import.meta.dirname, '..', 'realm')

export async function startIsopod(version: string): Promise<RuntimeUnderTest> {
  const { bundle } = await bundleProject({ entry: join(REALM, 'worker.ts'), root: REALM })
  const runtime = createRuntime({
    // The test server is on loopback, which workers do not reach unless the operator says so.
    network: { allow: ['127.0.0.0/8', '::1'] },
    // Only for how long a task may wait to begin.
    limits: { wallMs: limitsOf('').wallMs ?? 0 },
  })
  let count = 0
  return {
    name: `Isopod ${version}`,
    async run({ input, path }) {
      count += 1
      const worker = `wpt-${count}`
      await runtime.load({ worker, bundle, limits: limitsOf(path) }, { start: 'on-demand' })
      const dispatch = (): Promise<TaskResult> => runtime.dispatch(worker, { type: 'execute', input: { ...input } })
      let result = await dispatch()
      // The process ended. Whoever is to blame is refused now; another one was beside it.
      if (result.outcome === 'hostLost') result = await dispatch()
      await runtime.remove(worker)
      const { error, outcome, output } = result
      if (outcome === 'ok') return JSON.parse(output ?? '') as TestReport
      return { subtests: [], error: `${outcome}: ${error?.message ?? ''}` }
    },
    [Symbol.asyncDispose]: () => runtime.close(),
  }
}
