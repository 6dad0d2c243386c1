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
import { TENANT_SCRIPT } from './stack-trace.ts'
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
}

export async function loadInstance(blank: Blank, options: LoadOptions): Promise<Instance | LoadFailure> {
  const { prepared } = options
  const { bundle } = prepared.version
  const instance = new Instance({ ...blank, ...options })
  const run = new TaskRun(prepared, { type: 'load' })
  try {
    await blank.context.run({
      source: bundle.script,
      filename: TENANT_SCRIPT,
      timeoutMs: prepared.limits.startupCpuMs,
      ...(prepared.codeCache === undefined ? {} : { codeCache: prepared.codeCache }),
    })
  } catch (error) {
    instance.close()
    if (blank.isolate.isDisposed) {
      // The script alone was too large for the heap.
      options.events.spoiled('limit-hit')
      return { outcome: 'exceededMemory', error: memoryLimitError(run) }
    }
    return { outcome: 'loadFailed', error: describeCompileError(prepared, error) }
  }
  const answer = await instance.load(run)
  if (run.error !== undefined) {
    instance.close()
    return { outcome: run.outcome, error: run.error }
  }
  if (answer.type === 'failed') {
    instance.close()
    return { outcome: 'loadFailed', error: describeFailure(run, answer.error, 'LOAD_FAILED') }
  }
  const { handlers } = instance
  if (handlers === undefined || (!handlers.fetch && !handlers.scheduled && !handlers.execute)) {
    instance.close()
    return { outcome: 'loadFailed', error: noHandler(prepared) }
  }
  return instance
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
