// What the routes that take code from callers have in common.
import type { FastifyRequest } from 'fastify'
import { IsopodError } from '../errors.ts'
import type { ExecutionRequest } from '../executions/execution-request.ts'
import type { Executions } from '../executions/executions.ts'
import type { ExecuteBody } from './api/execution-shapes.ts'
import { callerOf } from './caller.ts'

export interface ExecutionsApiOptions {
  /** None where they are switched off. */
  readonly executions: Executions | undefined
}

/** Code and input with every character escaped are refused by their own size, with a reason, not by that of the body. */
export const MAX_CODE_BODY_BYTES: number = 16 * 1024 * 1024

/** @throws IsopodError `NOT_FOUND` */
export function switchedOn({ executions }: ExecutionsApiOptions): Executions {
  if (executions !== undefined) return executions
  throw new IsopodError('NOT_FOUND', 'This server executes no code: its setting "execute" is off.')
}

/** Undefined: all are its. */
export function ownerOf(request: FastifyRequest): string | undefined {
  return callerOf(request).tenant
}

export function requestOf({ memory_mb, timeout_ms, ...body }: ExecuteBody): ExecutionRequest {
  return { ...body, memoryMb: memory_mb, timeoutMs: timeout_ms }
}
