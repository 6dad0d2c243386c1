// Isopod as a library. `docs/library.md` shows it in use.
export { bundleProject, bundleSource } from './bundle/index.ts'
export { ERROR_CODES, type ErrorCode, IsopodError } from './errors.ts'
export type { WorkerId } from './host/registry.ts'
export type { DispatchOptions, VersionInit } from './host/runtime.ts'
export { createRuntime } from './library/create-runtime.ts'
export type { HttpDoor, ListenOptions, LoadOptions, Runtime } from './library/runtime.ts'
export type { NetworkOptions, RuntimeOptions } from './host/runtime-options.ts'
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
export type { Observer, RetirementCause } from './observer.ts'
export { type Outcome, OUTCOME_NAMES } from './outcome.ts'
export type { PoolStats } from './stats.ts'
export type {
  ByteSource,
  FetchRequest,
  HeaderList,
  LogLine,
  ResponseHead,
  Task,
  TaskError,
  TaskRecord,
  TaskResult,
  Usage,
} from './task.ts'
export { type Bundle, type Json, type Mode, MODES, type NetworkPolicy, type Part, type Version } from './version.ts'
