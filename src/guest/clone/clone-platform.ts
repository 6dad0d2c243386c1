// Errors, and the objects of the web platform that can be cloned.
import { DOMException, QuotaExceededError, quotaDetails } from '../dom/dom-exception.ts'
import { type Blob, blobContent, makeBlob } from '../file/blob.ts'
import { fileDetails, makeFile } from '../file/file.ts'
import { NATIVE_ERRORS } from '../native-errors.ts'
import {
  ErrorConstructor,
  ErrorGetStack,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
} from '../primordials.ts'
import { cannotClone } from './clone-error.ts'

/** Set by the code of CryptoKey, which is loaded before there is one. */
export let cloneCryptoKey: (key: object) => object = cannotCloneYet

export function setCloneCryptoKey(clone: (key: object) => object): void {
  cloneCryptoKey = clone
}

function cannotCloneYet(key: object): never {
  throw cannotClone(key)
}

export function cloneBlob(blob: Blob): Blob {
  const content = blobContent(blob)
  const file = fileDetails(blob)
  return file === undefined ? makeBlob(content.bytes, content.type) : makeFile(content, file)
}

export function cloneDOMException(error: DOMException): DOMException {
  const { message, name } = error
  const quota = quotaDetails(error)
  const clone = quota === undefined ? new DOMException(message, name) : new QuotaExceededError(message, quota)
  copyStack(error, clone)
  return clone
}

/** An error without its cause, which may lead back to it. */
export function cloneError(error: Error): Error {
  const { name } = error
  const constructor = (name === undefined ? undefined : NATIVE_ERRORS[`${name}`]) ?? ErrorConstructor
  const message = ownValue(error, 'message')
  const clone = message === undefined ? new constructor() : new constructor(`${message.value as string}`)
  copyStack(error, clone)
  return clone
}

/** A property that is no accessor. */
export function ownValue(object: object, key: string): { readonly value: unknown } | undefined {
  const descriptor = ObjectGetOwnPropertyDescriptor(object, key)
  return descriptor !== undefined && 'value' in descriptor ? { value: descriptor.value } : undefined
}

function copyStack(from: object, to: object): void {
  const stack = ErrorGetStack?.(from) ?? ownValue(from, 'stack')?.value
  if (typeof stack !== 'string') return
  ObjectDefineProperty(to, 'stack', { value: stack, writable: true, configurable: true })
}
