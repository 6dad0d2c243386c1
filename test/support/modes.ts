// Every way a worker can be run, and tests that hold in all of them.
import { test } from 'node:test'
import type { RuntimeOptions } from '../../src/host/runtime-options.ts'
import { startRuntime, type TestRuntime } from './runtime.ts'

export interface ModeCase {
  readonly name: string
  readonly options: RuntimeOptions
  /** Globals stay from one task of a worker to its next. */
  readonly keepsState: boolean
  /** Tasks of one worker run side by side on one instance. */
  readonly interleaves: boolean
}

export const MODE_CASES: readonly ModeCase[] = [
  { name: 'worker', options: { mode: 'worker' }, keepsState: false, interleaves: false },
  { name: 'shared', options: { mode: 'shared' }, keepsState: false, interleaves: false },
  {
    name: 'pool, fresh contexts',
    options: { mode: 'pool', poolContext: 'fresh' },
    keepsState: false,
    interleaves: false,
  },
  { name: 'pool, warm contexts', options: { mode: 'pool', poolContext: 'warm' }, keepsState: true, interleaves: false },
  { name: 'persistent', options: { mode: 'persistent' }, keepsState: true, interleaves: true },
  {
    name: 'pool on threads',
    options: { mode: 'pool', executor: 'threads', poolContext: 'fresh' },
    keepsState: false,
    interleaves: false,
  },
]

type Behaviour = (runtime: TestRuntime, mode: ModeCase) => Promise<void>

/** One test for each mode, each with a runtime of its own. */
export function inEveryMode(name: string, behaviour: Behaviour, options: RuntimeOptions = {}): void {
  for (const mode of MODE_CASES) {
    test(`${mode.name}: ${name}`, async () => {
      await using runtime = startRuntime({ ...options, ...mode.options })
      await behaviour(runtime, mode)
    })
  }
}
