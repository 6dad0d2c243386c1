// What the log shows of objects of the platform. Their getters are taken here before any tenant can replace them.
import { AbortSignal } from '../dom/abort.ts'
import { Event } from '../dom/event.ts'
import { FormData } from '../fetch/form-data.ts'
import { Headers } from '../fetch/headers.ts'
import { Request } from '../fetch/request.ts'
import { Response } from '../fetch/response.ts'
import { Blob } from '../file/blob.ts'
import { File } from '../file/file.ts'
import {
  ArrayPrototypePush,
  MapConstructor,
  MapPrototypeGet,
  MapPrototypeSet,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  ReflectApply,
} from '../primordials.ts'
import { URL } from '../url/url.ts'
import { URLSearchParams } from '../url/url-search-params.ts'

export type Details = readonly (readonly [key: string, value: unknown])[]
type Read = (object: object) => Details

const readers = new MapConstructor<object, Read>()
showAttributes(AbortSignal, ['aborted', 'reason'])
showAttributes(Blob, ['size', 'type'])
showAttributes(Event, ['type', 'target', 'cancelable', 'defaultPrevented', 'timeStamp'])
showAttributes(File, ['name', 'lastModified'], Blob)
showAttributes(Request, ['method', 'url', 'headers', 'redirect', 'bodyUsed'])
showAttributes(Response, ['status', 'statusText', 'headers', 'ok', 'url', 'redirected', 'type', 'bodyUsed'])
showAttributes(URL, ['href', 'origin', 'protocol', 'username', 'password', 'host', 'pathname', 'search', 'hash'])
showEntries(FormData)
showEntries(Headers)
showEntries(URLSearchParams)

/** Undefined for what is no such object. Throws for what only has the prototype of one. */
export function platformDetails(object: object): Details | undefined {
  let proto: object | null = ObjectGetPrototypeOf(object) as object | null
  // Classes of programs may extend the platform's, not often deeply.
  for (let step = 0; proto !== null && step < 5; step++) {
    const read = MapPrototypeGet(readers, proto)
    if (read !== undefined) return read(object)
    proto = ObjectGetPrototypeOf(proto) as object | null
  }
  return undefined
}

interface InterfaceClass {
  readonly prototype: object
}

/** For classes whose code is loaded later it is called then. */
export function showAttributes({ prototype }: InterfaceClass, names: readonly string[], base?: InterfaceClass): void {
  const inherited = base === undefined ? undefined : MapPrototypeGet(readers, base.prototype)
  const getters: [string, () => unknown][] = []
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    const getter = ObjectGetOwnPropertyDescriptor(prototype, name)?.get as (() => unknown) | undefined
    if (getter === undefined) throw new Error(`no attribute ${name}`)
    ArrayPrototypePush(getters, [name, getter])
  }
  MapPrototypeSet(readers, prototype, (object) => {
    const details: [string, unknown][] = []
    for (let i = 0; i < getters.length; i++) {
      const getter = getters[i] as (typeof getters)[number]
      ArrayPrototypePush(details, [getter[0], ReflectApply(getter[1], object, [])])
    }
    const rest = inherited?.(object) ?? []
    for (let i = 0; i < rest.length; i++) ArrayPrototypePush(details, rest[i] as [string, unknown])
    return details
  })
}

function showEntries({ prototype }: InterfaceClass): void {
  const forEach = ObjectGetOwnPropertyDescriptor(prototype, 'forEach')?.value as () => void
  MapPrototypeSet(readers, prototype, (object) => {
    const details: [string, unknown][] = []
    const visit = (value: unknown, key: string): void => void ArrayPrototypePush(details, [key, value])
    ReflectApply(forEach, object, [visit])
    return details
  })
}
