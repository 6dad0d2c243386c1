// A suite: some measurements that belong together. Each runs in a process of its own (see run-suite.ts).
import type { Measurement } from './result.ts'

export interface SuiteOptions {
  /** Fewer rounds and requests: for a look, not for a record. */
  readonly quick: boolean
}

export type Suite = (options: SuiteOptions) => Promise<readonly Measurement[]>
