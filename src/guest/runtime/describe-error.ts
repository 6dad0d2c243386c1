// Turns whatever was thrown into plain text, inside the guest, where a hostile getter can loop only until the entry's
// time is up. Never throws.
import { type ErrorText, packErrorFields } from '../../bridge/error-text.ts'
import { JSONStringify, ObjectPrototypeToString, StringPrototypeSlice } from '../primordials.ts'

const MAX_FIELD = 8 * 1024

export function describeError(thrown: unknown): string {
  return packErrorFields(errorTextOf(thrown), JSONStringify)
}

function errorTextOf(thrown: unknown): ErrorText {
  let name = 'Error'
  let message = ''
  let stack = ''
  if (typeof thrown === 'object' && thrown !== null) {
    name = readText(thrown, 'name', 'Error')
    message = readText(thrown, 'message', '')
    stack = readText(thrown, 'stack', '')
    if (message === '' && stack === '') message = describeValue(thrown)
    const cause = readCause(thrown)
    if (cause !== undefined) stack += `\n  [cause]: ${cause}`
  } else {
    name = 'Uncaught'
    message = describeValue(thrown)
  }
  return { name: bounded(name), message: bounded(message), stack: bounded(stack) }
}

function bounded(text: string): string {
  return text.length > MAX_FIELD ? `${StringPrototypeSlice(text, 0, MAX_FIELD)}…` : text
}

function readText(holder: object, key: 'name' | 'message' | 'stack', otherwise: string): string {
  try {
    const value: unknown = (holder as Record<string, unknown>)[key]
    return typeof value === 'string' ? value : otherwise
  } catch {
    return otherwise
  }
}

function readCause(holder: object): string | undefined {
  try {
    const { cause } = holder as { cause?: unknown }
    if (typeof cause !== 'object' || cause === null) return undefined
    const stack = readText(cause, 'stack', '')
    return stack === '' ? undefined : stack
  } catch {
    return undefined
  }
}

function describeValue(value: unknown): string {
  try {
    if (typeof value === 'symbol') return 'Symbol'
    if (typeof value !== 'object' || value === null) return `${value as string}`
    return JSONStringify(value) ?? ObjectPrototypeToString(value)
  } catch {
    return ObjectPrototypeToString(null)
  }
}
