import {
  ArrayPrototypePush,
  ErrorGetStack,
  ObjectGetOwnPropertyDescriptor,
  RegExpPrototypeExec,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from '../primordials.ts'
import { classNameOf, dataText, dataValue } from './data-properties.ts'
import type { Contents } from './special-contents.ts'

const MAX_STACK = 8 * 1024
const FIRST_WORD = /^[A-Za-z]*Error/

/** The stack, then the causes, then what the program put on the error. */
export function describeError(error: object): Contents {
  const stack = stackOf(error)
  return {
    base: stack,
    hides: (key) => {
      if (key === 'stack') return true
      // Nothing that the first line shows already.
      if (key !== 'name' && key !== 'message') return key === 'cause' || key === 'errors'
      return StringPrototypeIndexOf(stack, dataText(error, key)) !== -1
    },
    addEntries: (entries, nested) => {
      for (let i = 0; i < HIDDEN_KEYS.length; i++) {
        const key = HIDDEN_KEYS[i] as string
        const descriptor = ObjectGetOwnPropertyDescriptor(error, key)
        if (descriptor === undefined || !('value' in descriptor)) continue
        ArrayPrototypePush(entries, `[${key}]: ${nested(descriptor.value)}`)
      }
    },
  }
}

const HIDDEN_KEYS = ['cause', 'errors'] as const

function stackOf(error: object): string {
  const stack = ErrorGetStack?.(error) ?? dataValue(error, 'stack')
  const name = dataText(error, 'name')
  if (typeof stack !== 'string' || stack === '') {
    const message = dataText(error, 'message')
    return `[${name === '' ? (classNameOf(error) ?? 'Error') : name}${message === '' ? '' : `: ${message}`}]`
  }
  const text = StringPrototypeSlice(stack, 0, MAX_STACK)
  // The stack was made before the constructor of the subclass could set the name.
  const lineEnd = StringPrototypeIndexOf(text, '\n')
  const first = lineEnd === -1 ? text : StringPrototypeSlice(text, 0, lineEnd)
  const word = RegExpPrototypeExec(FIRST_WORD, first)?.[0]
  if (name === '' || word === undefined || StringPrototypeIndexOf(first, name) !== -1) return text
  return name + StringPrototypeSlice(text, word.length)
}
