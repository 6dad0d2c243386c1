// The isolate backend as a server has it, and runs of code on it.
import type { ExecuteOptions, RunResult, Workload } from '../../src/backend/backend.ts'
import { IsolateBackend, type IsolateBackendOptions } from '../../src/backend/isolate-backend.ts'
import { ProgramReader } from '../../src/backend/program/program-reader.ts'

export interface RunOptions extends Partial<Omit<Workload, 'module'>>, Partial<ExecuteOptions> {}

export interface IsolateStage extends AsyncDisposable {
  readonly backend: IsolateBackend
  run(code: string, options?: RunOptions): Promise<RunResult>
}

export function startIsolateBackend({
  concurrency = 4,
  ...options
}: Partial<Pick<IsolateBackendOptions, 'concurrency' | 'runsOfHost'>> = {}): IsolateStage {
  const reader = new ProgramReader()
  const backend = new IsolateBackend({ ...options, concurrency, bundle: (module) => reader.bundle(module) })
  return {
    backend,
    async run(code, { log, signal = new AbortController().signal, started, ...workload } = {}) {
      const { module } = await reader.program(code)
      return backend.execute(
        { module, input: null, timeoutMs: 5_000, memoryMb: 50, ...workload },
        { signal, ...(log === undefined ? {} : { log }), ...(started === undefined ? {} : { started }) },
      )
    },
    async [Symbol.asyncDispose]() {
      await backend.stop()
      reader[Symbol.dispose]()
    },
  }
}
