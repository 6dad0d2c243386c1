// Executions with everything they need. Nothing is started before the first of them.
import { availableParallelism } from 'node:os'
import { createBackends } from '../backend/backends.ts'
import { ProgramReader } from '../backend/program/program-reader.ts'
import type { HostProcessOptions } from '../library/process-runtime.ts'
import { Executions } from './executions.ts'

export interface CreateExecutionsOptions extends Required<Pick<HostProcessOptions, 'sandbox' | 'user'>> {
  /** Most runs at once; twice the number of cores unless given. */
  readonly atOnce: number | undefined
}

export function createExecutions({
  atOnce = 2 * availableParallelism(),
  ...host
}: CreateExecutionsOptions): Executions {
  const reader = new ProgramReader()
  return new Executions({ backends: createBackends({ reader, concurrency: atOnce, host }), reader, atOnce })
}
