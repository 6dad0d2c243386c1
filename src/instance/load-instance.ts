// From a blank context to an instance that is ready for tasks, or a reason why not.
import { IsopodError } from '../errors.ts'
import type { EngineIsolate, GuestContext } from '../isolate/engine-isolate.ts'
import type { Outcome } from '../outcome.ts'
import type { TaskError } from '../task.ts'
import { describeFailure } from './apply-answer.ts'
import { Instance, type InstanceEvents } from './instance.ts'
import { memoryLimitError } from './limit-errors.ts'
import type { PreparedVersion } from './prepared-version.ts'
import type { Services } from './services.ts'
import { TENANT_MAP, TENANT_SCRIPT } from './stack-trace.ts'
import { TaskRun } from './task-run.ts'

/** An isolate and a context in it that no tenant has used. */
export interface Blank {
  readonly isolate: EngineIsolate
  readonly context: GuestContext
}

export interface LoadFailure {
  readonly outcome: Outcome
  readonly error: TaskError
}

interface LoadOptions {
  readonly prepared: PreparedVersion
  readonly services: Services
  readonly events: InstanceEvents
  /** The instance is not wanted any more. */
  readonly signal: AbortSignal
}

export async function loadInstance(blank: Blank, options: LoadOptions): Promise<Instance | LoadFailure> {
  const instance = new Instance({ ...blank, ...options })
  const close = (): void => instance.close()
  options.signal.addEventListener('abort', close, { once: true })
  const failure = await load(instance, blank, options)
  options.signal.removeEventListener('abort', close)
  if (failure === undefined && !options.signal.aborted) return instance
  instance.close()
  return options.signal.aborted ? CLOSED : (failure ?? CLOSED)
}

const CLOSED: LoadFailure = {
  outcome: 'loadShed',
  error: { code: 'RUNTIME_CLOSED', message: 'The runtime was closed.' },
}

/** Why an isolate that is gone has loaded nothing. */
export function lostIsolate({ prepared, events, signal }: LoadOptions): LoadFailure {
  if (signal.aborted) return CLOSED
  events.spoiled('limit-hit')
  return { outcome: 'exceededMemory', error: memoryLimitError(new TaskRun(prepared, { type: 'load' })) }
}

async function load(instance: Instance, blank: Blank, options: LoadOptions): Promise<LoadFailure | undefined> {
  const { prepared, signal } = options
  const { bundle } = prepared.version
  const { inspector, watch } = options.services
  inspector?.loading(blank.isolate, prepared)
  try {
    // The script only registers its program, but compiling what somebody else wrote may take any time.
    watch.enter(prepared.number, prepared.limits.startupCpuMs)
    await blank.context.run({
      source: inspector === undefined ? bundle.script : `${bundle.script}\n//# sourceMappingURL=${TENANT_MAP}`,
      filename: TENANT_SCRIPT,
      timeoutMs: prepared.limits.startupCpuMs,
      ...(prepared.codeCache === undefined ? {} : { codeCache: prepared.codeCache }),
    })
    watch.leave()
  } catch (error) {
    watch.leave()
    // The script alone may be too large for the heap.
    if (blank.isolate.isDisposed) return lostIsolate(options)
    return { outcome: 'loadFailed', error: describeCompileError(prepared, error) }
  }
  if (signal.aborted) return CLOSED
  const run = new TaskRun(prepared, { type: 'load' })
  const answer = await instance.load(run)
  if (run.error !== undefined) return { outcome: run.outcome, error: run.error }
  if (answer.type === 'failed') {
    return { outcome: 'loadFailed', error: describeFailure(run, answer.error, 'LOAD_FAILED') }
  }
  const { handlers } = instance
  if (handlers === undefined || (!handlers.fetch && !handlers.scheduled && !handlers.execute)) {
    return { outcome: 'loadFailed', error: noHandler(prepared) }
  }
  return undefined
}

export function isLoadFailure(loaded: Instance | LoadFailure): loaded is LoadFailure {
  return !(loaded instanceof Instance)
}

function describeCompileError(prepared: PreparedVersion, error: unknown): TaskError {
  const { message, name, stack } = error instanceof Error ? error : new IsopodError('LOAD_FAILED', String(error))
  return { code: 'LOAD_FAILED', name, message, ...(stack === undefined ? {} : { stack: prepared.mapStack(stack) }) }
}

function noHandler({ version }: PreparedVersion): TaskError {
  return {
    code: 'NO_HANDLER',
    message:
      `The worker "${version.worker}" has no handler. Export one: export default { fetch(request, env, ctx) { … } }, ` +
      'call addEventListener("fetch", …), or export a default function for execute tasks.',
  }
}
