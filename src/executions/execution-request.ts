// What may be asked of an execution, and how much of it.
import type { Workload } from '../backend/backend.ts'
import type { SourceLanguage } from '../backend/program/program-module.ts'
import { IsopodError } from '../errors.ts'
import type { Json, Mode } from '../version.ts'

export interface ExecutionRequest {
  readonly code: string
  readonly input?: Json | undefined
  readonly timeoutMs?: number | undefined
  readonly memoryMb?: number | undefined
  readonly language?: SourceLanguage | undefined
  /** `auto` unless given. */
  readonly backend?: string | undefined
  readonly mode?: Mode | undefined
}

/** JSON, in bytes of UTF-8. */
const MAX_CODE_BYTES = 1024 * 1024
const MAX_INPUT_BYTES = 1024 * 1024
const TIMEOUT_MS: Range = { least: 1, most: 60_000, unlessGiven: 5_000 }
const MEMORY_MB: Range = { least: 8, most: 256, unlessGiven: 50 }

interface Range {
  readonly least: number
  readonly most: number
  readonly unlessGiven: number
}

/** @throws IsopodError `INVALID_OPTION`, `REQUEST_TOO_LARGE` */
export function checkRequest(request: ExecutionRequest): Pick<Workload, 'input' | 'timeoutMs' | 'memoryMb'> {
  const { code, input = null, memoryMb = MEMORY_MB.unlessGiven, timeoutMs = TIMEOUT_MS.unlessGiven } = request
  assertSize('code', Buffer.byteLength(code), MAX_CODE_BYTES)
  assertSize('input', Buffer.byteLength(JSON.stringify(input)), MAX_INPUT_BYTES)
  assertWithin('timeout_ms', timeoutMs, TIMEOUT_MS)
  assertWithin('memory_mb', memoryMb, MEMORY_MB)
  return { input, timeoutMs, memoryMb }
}

function assertSize(name: string, bytes: number, most: number): void {
  if (bytes <= most) return
  throw new IsopodError('REQUEST_TOO_LARGE', `${name}: it is ${bytes} bytes, of the ${most} it may be. Send less.`)
}

function assertWithin(name: string, value: number, { least, most }: Range): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new IsopodError('INVALID_OPTION', `${name}: it may be a whole number from ${least} to ${most}; got ${value}`)
}
