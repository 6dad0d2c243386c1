import type { RuntimeOptions } from '../host/runtime-options.ts'
import { InlineRuntime } from './inline-runtime.ts'
import { ProcessRuntime } from './process-runtime.ts'
import type { Runtime } from './runtime.ts'

/**
 * A runtime with everything at its defaults, or as the options say. It runs workers in a process of its own (`process`),
 * which is replaced when a worker takes it down; `inline` and `threads` run them in this process, which must have been
 * started with the engine's flags.
 *
 * @throws IsopodError `INVALID_OPTION`, `ENGINE_FLAGS`
 *
 * @example
 * await using runtime = createRuntime({ mode: 'pool', limits: { cpuMs: 50 } })
 * await runtime.load({ worker: 'hello', bundle: bundleSource('export default (name) => "hello " + name') })
 * const { outcome, output } = await runtime.dispatch('hello', { type: 'execute', input: 'Ada' })
 * console.log(outcome, output) // → ok "hello Ada"
 */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  return (options.executor ?? 'process') === 'process' ? new ProcessRuntime(options) : new InlineRuntime(options)
}
