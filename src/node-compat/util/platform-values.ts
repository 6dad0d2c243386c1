// In place of the guest's own classes, for its code that shows values (`scripts/build-node-compat.ts` puts this file where
// that code imports theirs from): those of the global scope, asked through their prototypes.

const { Blob, File, DOMException } = globalThis

function getter(prototype: object, key: string): (object: object) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get as () => unknown
  return (object) => Reflect.apply(get, object, [])
}

const sizeOf = getter(Blob.prototype, 'size')
const nameOf = getter(DOMException.prototype, 'name')

const QuotaExceededError = (globalThis as { QuotaExceededError?: unknown }).QuotaExceededError as typeof DOMException

export { Blob, DOMException, File, QuotaExceededError }

/** Throws for what only has the prototype of one. */
export function blobContent(blob: object): unknown {
  return sizeOf(blob)
}

export function isDOMException(value: object): boolean {
  nameOf(value)
  return true
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  AbortSignal: ['aborted', 'reason'],
  Blob: ['size', 'type'],
  Event: ['type', 'target', 'cancelable', 'defaultPrevented', 'timeStamp'],
  Request: ['method', 'url', 'headers', 'redirect', 'bodyUsed'],
  Response: ['status', 'statusText', 'headers', 'ok', 'url', 'redirected', 'type', 'bodyUsed'],
  URL: ['href', 'origin', 'protocol', 'username', 'password', 'host', 'pathname', 'search', 'hash'],
}
const ITERABLES = ['FormData', 'Headers', 'URLSearchParams']

/** Undefined for what is no object of the platform, or none of those whose state is worth showing. */
export function platformDetails(object: object): readonly (readonly [string, unknown])[] | undefined {
  const classes = globalThis as unknown as Record<string, { readonly prototype: object } | undefined>
  const isA = (name: string): boolean => {
    const found = classes[name]
    return typeof found === 'function' && object instanceof (found as never)
  }
  if (ITERABLES.some(isA)) return [...(object as Iterable<[string, unknown]>)]
  const name = Object.keys(ATTRIBUTES).find(isA)
  return name === undefined
    ? undefined
    : ATTRIBUTES[name]?.map((key) => [key, (object as Record<string, unknown>)[key]])
}
