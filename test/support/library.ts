// A worker made of a library as it comes from npm: the projects in test/fixtures/libraries.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import type { CompatibilityFlag } from '../../src/version.ts'
import { startRuntime } from './runtime.ts'
import type { FetchAnswer, TestRuntime } from './runtime.ts'

interface LibraryWorker extends AsyncDisposable {
  fetch(path: string, request?: Parameters<TestRuntime['fetch']>[2]): Promise<FetchAnswer>
  /** The output of an `execute` task; throws where the task has none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- what it is, the test says
  execute(input?: unknown): Promise<any>
}

interface LibraryOptions extends RuntimeOptions {
  readonly compatibilityFlags?: readonly CompatibilityFlag[]
}

export async function startLibrary(name: string, options: LibraryOptions = {}): Promise<LibraryWorker> {
  const { compatibilityFlags = [], ...runtimeOptions } = options
  const [entry = ''] = globSync(join(import.meta.dirname, '../fixtures/libraries', name, 'index.{ts,tsx}'))
  const { bundle, warnings } = await bundleProject({ entry, compatibilityFlags })
  if (warnings.length > 0) throw new Error(warnings.join('\n'))
  // What is tested is what a library does, not how long a busy machine takes for it.
  const started = startRuntime({ limits: { cpuMs: 5000 }, ...runtimeOptions })
  await started.runtime.load({ worker: 'library', bundle })
  return {
    fetch: (path, request) => started.fetch('library', path, request),
    async execute(input) {
      const task = { type: 'execute', ...(input === undefined ? {} : { input: input as never }) } as const
      const { output, outcome, error } = await started.runtime.dispatch('library', task)
      if (output === undefined) throw new Error(`${outcome}: ${error?.stack ?? error?.message}`)
      return JSON.parse(output) as unknown
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  }
}
