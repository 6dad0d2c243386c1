// A copy of what a promise was rejected with, from what the host knows of it.
import type { ErrorText } from '../../bridge/error-text.ts'
import { NATIVE_ERRORS } from '../native-errors.ts'
import { ErrorConstructor, ObjectDefineProperty } from '../primordials.ts'

/** Without a stack it was no error, but a value like a string. */
export function errorFromDetails({ message, name, stack }: ErrorText): unknown {
  if (stack === '') return message
  const known = NATIVE_ERRORS[name]
  const error = new (known ?? ErrorConstructor)(message)
  ObjectDefineProperty(error, 'stack', { value: stack, writable: true, configurable: true })
  if (known === undefined && name !== 'Error') {
    ObjectDefineProperty(error, 'name', { value: name, writable: true, configurable: true })
  }
  return error
}
