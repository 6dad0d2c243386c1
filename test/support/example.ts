// An example of `examples/`, bundled and loaded as a user would.
import { join } from 'node:path'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { startRuntime, type TestRuntime } from './runtime.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples')

/** The worker is called as the example. */
export async function startExample(name: string, options: RuntimeOptions = {}): Promise<TestRuntime> {
  const { bundle } = await bundleProject({ entry: join(examples, name, 'src', 'index.ts') })
  const test = startRuntime(options)
  await test.runtime.load({ worker: name, bundle })
  return test
}
