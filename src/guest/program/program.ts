// The tenant's program: registered by its script, run once, and from then on a set of handlers.
import { OP } from '../../bridge/ops.ts'
import { makeEnv } from '../bindings/env.ts'
import {
  ErrorConstructor,
  JSONStringify,
  PromiseConstructor,
  PromisePrototypeThen,
  ReflectApply,
  ReflectDeleteProperty,
} from '../primordials.ts'
import { describeError } from '../runtime/describe-error.ts'
import { everListened } from '../runtime/global-target.ts'
import { hostCall } from '../runtime/host.ts'
import { closeTask, openTask, setCurrentTask } from '../runtime/task-scope.ts'
import { takePart } from './parts.ts'

type Program = (part: (name: string) => unknown) => unknown
type Handler = (...args: unknown[]) => unknown

const REGISTER = '__isopod__'

let program: Program | undefined
/** `this` of the handlers. */
let target: unknown
let fetchHandler: Handler | undefined
let scheduledHandler: Handler | undefined
let executeHandler: Handler | undefined
let env: unknown

/** Makes the one function a bundle's script calls. It is gone before any of the tenant's code runs. */
export function exposeRegistration(): void {
  Object.defineProperty(globalThis, REGISTER, {
    configurable: true,
    value: (registered: Program) => {
      ReflectDeleteProperty(globalThis, REGISTER)
      program = registered
    },
  })
}

/** Runs the program's top level; the answer is `OP.loaded` or `OP.loadFailed`. */
export function load(id: number, envText: string): void {
  const task = openTask(id)
  task.isLoad = true
  const done = (exports: unknown): void => {
    setCurrentTask(task)
    try {
      takeHandlers(exports)
    } catch (error) {
      return failed(error)
    }
    closeTask(task)
    hostCall(
      OP.loaded,
      0,
      JSONStringify({ fetch: hasFetch(), scheduled: hasScheduled(), execute: executeHandler !== undefined }),
    )
  }
  const failed = (error: unknown): void => {
    closeTask(task)
    hostCall(OP.loadFailed, 0, describeError(error))
  }
  if (program === undefined) return failed(new ErrorConstructor('The script registered no program.'))
  env = makeEnv(envText)
  const run = program
  program = undefined
  try {
    const result = run(takePart)
    // Only a program with top-level await is an async function; its promise is a native one.
    if (result instanceof PromiseConstructor) PromisePrototypeThen(result, done, failed)
    else done(result)
  } catch (error) {
    failed(error)
  }
}

function takeHandlers(exports: unknown): void {
  const value = (exports as { default?: unknown } | undefined)?.default
  if (typeof value === 'function') {
    // A class is a WorkerEntrypoint of another platform; a plain function answers execute tasks.
    executeHandler = value as Handler
  }
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
  target = value
  const { fetch, scheduled, execute } = value as Record<string, unknown>
  if (typeof fetch === 'function') fetchHandler = fetch as Handler
  if (typeof scheduled === 'function') scheduledHandler = scheduled as Handler
  if (typeof execute === 'function') executeHandler = execute as Handler
}

function hasFetch(): boolean {
  return fetchHandler !== undefined || everListened('fetch')
}

function hasScheduled(): boolean {
  return scheduledHandler !== undefined || everListened('scheduled')
}

/** Calls a handler of the program's default export; undefined where the program listens to events instead. */
export function callHandler(kind: 'fetch' | 'scheduled' | 'execute', event: unknown, context: unknown): unknown {
  const handler = kind === 'fetch' ? fetchHandler : kind === 'scheduled' ? scheduledHandler : executeHandler
  if (handler === undefined) return NO_HANDLER
  return ReflectApply(handler, target, [event, env, context])
}

/** What {@link callHandler} returns where the program has no such handler. */
export const NO_HANDLER: symbol = Symbol('no handler')
