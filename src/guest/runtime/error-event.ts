// The event of an exception: what V8 knows of it, without running any of the program's code.
import { ErrorEvent } from '../dom/event-types.ts'
import {
  ErrorConstructor,
  ErrorGetStack,
  NumberParseInt,
  RegExpPrototypeExec,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from '../primordials.ts'

/** A line of a stack that has a place; not of the guest's own script. */
const FRAME = /\n {4}at (?:[^\n]*\()?(?!isopod:guest)([^\n()]+):(\d+):(\d+)\)?(?=\n|$)/

export function errorEventFor(error: unknown): ErrorEvent {
  const own = stackOf(error)
  // Of other values nobody knows where they were thrown; this is where they were caught.
  const frame = RegExpPrototypeExec(FRAME, own ?? stackOf(new ErrorConstructor('')) ?? '')
  const init = {
    __proto__: null,
    cancelable: true,
    message: `Uncaught ${own === undefined ? describe(error) : firstLine(own)}`,
    filename: frame?.[1] ?? '',
    lineno: NumberParseInt(frame?.[2] ?? '0', 10),
    colno: NumberParseInt(frame?.[3] ?? '0', 10),
    error,
  }
  return new ErrorEvent('error', init as object)
}

function stackOf(value: unknown): string | undefined {
  const stack = ErrorGetStack?.(value)
  return typeof stack === 'string' ? stack : undefined
}

function firstLine(stack: string): string {
  const end = StringPrototypeIndexOf(stack, '\n    at ')
  return end < 0 ? stack : StringPrototypeSlice(stack, 0, end)
}

function describe(value: unknown): string {
  if (typeof value === 'symbol') return 'symbol'
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? typeof value
    : `${value as string}`
}
